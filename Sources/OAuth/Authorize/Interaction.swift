package import AccessControl
package import Identity

/// What must happen next with an authorization request.
package enum Interaction: Sendable, Equatable {
  /// The person is known and may: answer with a code.
  case respond(Approval)
  case signIn(kinds: [Account.KindName], reason: SignInPrompt.Reason)
  /// Nothing can be shown, or nothing would help: the application is told.
  case refuse(OAuthError.Code)
}

/// As whom, and in which organization, the answer is given.
package struct Approval: Sendable, Hashable {
  package let account: AccountID
  package let kind: Account.KindName
  package let organization: OrganizationID?

  package init(account: AccountID, kind: Account.KindName, organization: OrganizationID?) {
    self.account = account
    self.kind = kind
    self.organization = organization
  }
}

/// What the sign-in page needs to know about the request that leads to it.
package struct SignInPrompt: Sendable {
  package enum Reason: String, Sendable {
    case notSignedIn = "not_signed_in"
    /// Signed in with a kind of account that the application does not admit.
    case otherKind = "other_kind"
    /// The application asks for a new proof of identity.
    case proveAgain = "prove_again"
    /// The application expects somebody else than is signed in.
    case otherPerson = "other_person"
  }

  package let applicationName: String
  /// What the page offers: one kind, or both where the application admits both.
  package let kinds: [Account.KindName]
  /// What the application would choose first; else the page decides by the last choice in this browser.
  package let preselected: Account.KindName?
  package let reason: Reason
  /// Where to go on after the sign-in, and where "cancel" must not lead: path and query of our own origin.
  package let continuePath: String
  package let loginHint: String?
  package let uiLocales: String?
}

/// How one authorization request ends for now.
package enum AuthorizationOutcome: Sendable {
  /// A page of ours, status 400, that leads nowhere.
  case page(AuthorizationRefusal)
  /// A page of ours, status 403, from which the person may go back to the application by a link.
  case notApproved(UnapprovedApplication)
  case signIn(SignInPrompt)
  /// To the application's proved address, with a code or an error: always answered by GET (302 or, after a form, 303).
  case redirect(String)
}
