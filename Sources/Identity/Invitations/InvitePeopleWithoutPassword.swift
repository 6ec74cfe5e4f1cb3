package import AccessControl
internal import Primitives

/// Invites everybody at home in an organization who has no password any more, because the root key was lost: the link of the letter lets them choose
/// one, and their account goes on with everything it had. Suspended people are left out. Who was invited by this before is invited anew.
package struct InvitePeopleWithoutPassword: Sendable {
  /// Somebody of the portal itself, who may be needed before any letter is delivered.
  package struct PortalMember: Sendable, Hashable {
    package let account: AccountID
    package let link: String
  }

  package struct Invited: Sendable, Hashable {
    package var people = 0
    package var portalMembers: [PortalMember] = []
  }

  package init() {}

  package func callAsFunction(_ occasion: Occasion, env: Environment) async throws -> Invited {
    var invited = Invited()
    var last: AccountID?
    while true {
      let people = try await env.store.read { [last] tx in try tx.workAccountsWithoutPassword(after: last, limit: 100) }
      guard let next = people.last?.id else { return invited }
      for person in people where person.state == .active {
        switch try await invite(person, occasion, env: env) {
        case .nothing: break
        case .letter: invited.people += 1
        case .link(let link):
          invited.people += 1
          invited.portalMembers.append(PortalMember(account: person.id, link: link))
        }
      }
      last = next
    }
  }

  private enum Outcome: Sendable { case nothing, letter, link(String) }

  private func invite(_ person: Account, _ occasion: Occasion, env: Environment) async throws -> Outcome {
    try await env.store.write { tx in
      guard let home = try person.home.flatMap({ try tx.organization($0) }), home.state == .active else { return .nothing }
      if let earlier = try tx.pendingPasswordInvitation(organization: home.id, email: person.email) {
        // Its letter may be gone, its link over or ended, and one that was shown is shown only once.
        try tx.withdraw(earlier, home, occasion)
      }
      // It gives no role: what they held is still held, and `Invitation.choosesPassword` knows it by that.
      let invitation = Invitation(
        id: occasion.newID(), organization: home.id, purpose: .operation(by: nil), email: person.email, name: person.name,
        language: person.language, country: person.country, roles: [], createdAt: occasion.now)
      try tx.insert(invitation)
      try tx.record(.invitationSent, on: invitation.id.auditName, in: home.id, before: nil, after: ["roles": []], occasion)
      guard home.kind == .portal else {
        _ = try tx.sendInvitationLink(for: invitation, home, occasion, env: env)
        return .letter
      }
      let (secret, _) = try tx.makeInvitationLink(for: invitation, occasion, env: env)
      return .link(InvitationAddress.url(of: secret, env.settings))
    }
  }
}
