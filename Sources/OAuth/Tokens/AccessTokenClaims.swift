package import AccessControl
package import Identity
package import Primitives

/// What an access token says (RFC 9068 §2.2): who may do what, for whom, until when. Never a name or an address of a person (THREATS JWT4).
package struct AccessTokenClaims: Sendable {
  package enum Subject: Sendable, Hashable {
    /// A person who signed in. `organization` is nil for a personal account.
    case person(AccountID, organization: OrganizationID?, grant: GrantID, session: SessionID, authenticatedAt: Timestamp)
    /// The application itself; `organization` is its owner, where it has one.
    case application(organization: OrganizationID?)
  }

  package let application: ApplicationID
  package let subject: Subject
  package let audience: String
  package let scopes: [String]
  /// The roles held in the organization when the token was written. Nil without an organization.
  package let roles: [RoleID]?
  /// The `jti`. Tokens of a grant begin with the grant's id and a dot, so that the grant's state can be asked without a row a token.
  package let tokenID: String
  package let issuedAt: Timestamp
  package let expiresAt: Timestamp

  package var organization: OrganizationID? {
    switch subject {
    case .person(_, let organization, _, _, _), .application(let organization): organization
    }
  }

  /// The `sub`: the account, or the application itself (RFC 9068 §2.2).
  package var subjectName: String {
    switch subject {
    case .person(let account, _, _, _, _): account.text
    case .application: application.text
    }
  }
}
