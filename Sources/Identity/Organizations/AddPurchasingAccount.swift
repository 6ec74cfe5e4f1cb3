internal import AccessControl
internal import Primitives

/// Adds a purchasing account to an agreement that is registered already.
package struct AddPurchasingAccount: Sendable {
  package enum Refusal: Error, Sendable {
    /// There is no such agreement.
    case unknown
    /// The agreement has ended.
    case ended
    /// Not 1 to 40 of ASCII letters, digits, `-`, `/`, `.`.
    case numberRefused
    case numberTaken
    /// The agreement has `RegisterAgreement.maximumPurchasingAccounts` already.
    case tooMany
  }

  package init() {}

  /// Needs `agreement:manage` in the portal.
  package func callAsFunction(
    number presented: String, to id: AgreementID, _ occasion: Occasion, env: Environment
  ) async throws -> PurchasingAccount {
    try await env.write(occasion) { tx in
      _ = try tx.permitInPortal(.agreementManage, occasion)
      guard let number = ContractNumber.cleaned(presented) else { throw Refusal.numberRefused }
      guard let agreement = try tx.agreement(id) else { throw Refusal.unknown }
      guard agreement.state == .active else { throw Refusal.ended }
      guard try tx.purchasingAccounts(agreement: id).count < RegisterAgreement.maximumPurchasingAccounts else {
        throw Refusal.tooMany
      }
      let account = PurchasingAccount(
        id: occasion.newID(), number: number, agreement: id, organization: agreement.organization, createdAt: occasion.now)
      do { try tx.insert(account) } catch StoreError.taken(.purchasingAccountNumber) { throw Refusal.numberTaken }
      try tx.record(.purchasingAccountRegistered, on: account.id.auditName, in: account.organization, occasion)
      return account
    }
  }
}
