package import AccessControl
internal import Primitives

/// Lists purchasing accounts: one organization's, one agreement's, or all.
package struct ListPurchasingAccounts: Sendable {
  package enum Scope: Sendable, Hashable {
    /// Needs `agreement:view` in the portal.
    case all
    /// Needs `agreement:view` in the organization.
    case of(OrganizationID)
    /// Needs `agreement:view` in the organization that signed it. There are few; they come in one page.
    case under(AgreementID)
  }

  package enum Refusal: Error, Sendable {
    /// There is no such agreement.
    case unknown
  }

  package init() {}

  package func callAsFunction(
    _ scope: Scope, _ page: PageRequest, _ occasion: Occasion, env: Environment
  ) async throws -> Page<PurchasingAccount> {
    try await env.read(occasion) { tx in
      switch scope {
      case .all:
        _ = try tx.permitInPortal(.agreementView, occasion)
        return try tx.purchasingAccounts(organization: nil, page)
      case .of(let organization):
        _ = try tx.permit(.agreementView, in: organization, occasion)
        return try tx.purchasingAccounts(organization: organization, page)
      case .under(let id):
        let (agreement, _) = try tx.agreementToChange(id, .agreementView, occasion, unknown: Refusal.unknown)
        return Page(items: try tx.purchasingAccounts(agreement: agreement.id), next: nil)
      }
    }
  }
}

/// Looks at one purchasing account.
package struct ViewPurchasingAccount: Sendable {
  package enum Refusal: Error, Sendable { case unknown }

  package init() {}

  /// Needs `agreement:view` in the organization it belongs to.
  package func callAsFunction(_ id: PurchasingAccountID, _ occasion: Occasion, env: Environment) async throws -> PurchasingAccount
  {
    try await env.read(occasion) { tx in
      guard let account = try tx.purchasingAccount(id) else {
        _ = try tx.permitInPortal(.agreementView, occasion)
        throw Refusal.unknown
      }
      _ = try tx.permit(.agreementView, in: account.organization, occasion)
      return account
    }
  }
}
