internal import AccessControl
internal import Identity
internal import Primitives

/// With which kinds of account one may sign in, and in which organization.
///
/// Tokens for an application that one organization owns always name that organization, so that it never learns what its people are elsewhere.
/// Asking for an organization means asking for a work account. Whether the person is a member is decided later, from stored state, and answered
/// the same as an organization that does not exist.
enum AccountKindRule {
  struct Admitted: Sendable {
    let kinds: [Account.KindName]
    let preselected: Account.KindName?
    let organization: OrganizationID?
  }

  static func check(_ request: TrustedRequest) throws(OAuthError) -> Admitted {
    let application = request.application
    var organization = application.owner
    var kinds = Account.KindName.allCases.filter(application.admits.admits)
    if let named = request.parameters["organization"] {
      guard let id = OrganizationID(named), application.owner == nil || application.owner == id else { throw notAMember }
      organization = id
      kinds = kinds.filter { $0 == .work }
      guard !kinds.isEmpty else { throw notAMember }
    }
    let wished = request.parameters["account_kind"].flatMap(Account.KindName.init(rawValue:))
    return Admitted(kinds: kinds, preselected: wished.flatMap { kinds.contains($0) ? $0 : nil }, organization: organization)
  }

  static let notAMember = OAuthError(.accessDenied, "The person may not sign in here.")
}
