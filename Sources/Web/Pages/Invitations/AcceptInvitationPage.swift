package import Localization

/// *Accept the invitation*, for somebody who has an account already: as a member of one more organization, or as the administrator of one
/// more agreement. Sends `csrf` to its own address.
package struct AcceptInvitationPage: Page {
  package enum Step: Sendable {
    /// Signed in as the invited person: a button accepts.
    case accept
    /// Not signed in: a link leads to the sign-in page at this path and query, and back here.
    case signIn(address: String)
  }

  package static let template = "accept-invitation"
  package var frame: PageFrame
  package var organization: String
  package var roles: [RoleLabel]
  package var step: Step

  package init(frame: PageFrame, organization: String, roles: [RoleLabel], step: Step) {
    self.frame = frame
    self.organization = organization
    self.roles = roles
    self.step = step
  }

  package func title(_ say: Sentences) -> String { say.acceptInvitation.title }

  package func view(_ say: Sentences) -> View {
    var view: View = [
      "introduction": say.acceptInvitation.introduction(organization), "organization": organization, "roles": roles.line(say),
      "signedInAs": frame.person.map { say.acceptInvitation.signedInAs($0.name) },
    ]
    switch step {
    case .accept: view["accepts"] = true
    case .signIn(let address): view["signInAddress"] = address
    }
    return view
  }
}
