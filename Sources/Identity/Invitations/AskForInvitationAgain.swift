internal import AccessControl
internal import Primitives

/// "Didn't get the invitation?": sends an agreement's letter again to somebody who knows three things that belong together.
///
/// There is nothing to return: whether they matched is for the mailbox alone to learn. Every call reads the same rows and commits one
/// write, whatever it found, and counts towards what its network address may ask for. Only what belongs together counts towards the letters one
/// mailbox may get: somebody who knows no more than an address can neither use them up nor fill a table with addresses they made up.
package struct AskForInvitationAgain: Sendable {
  package init() {}

  /// - Throws: `TooManyLetters`.
  package func callAsFunction(
    email presented: String, agreementNumber: String, purchasingAccountNumber: String, _ occasion: Occasion, env: Environment
  ) async throws {
    // An address nobody can have is looked up all the same, so that a typing error takes no other path.
    let email = EmailAddress(presented) ?? EmailAddress(stored: "nobody@invalid.invalid")
    // So is a number nobody can have: no contract number is empty.
    let number = ContractNumber.cleaned(agreementNumber) ?? ""
    let accountNumber = ContractNumber.cleaned(purchasingAccountNumber) ?? ""
    try await env.store.write { tx in
      try tx.countAsking(for: .invitation, occasion, env: env)
      let agreement = try tx.agreement(number: number)
      let account = try tx.purchasingAccount(number: accountNumber)
      let organization = try agreement.flatMap { try tx.organization($0.organization) }
      guard let agreement, let account, let organization, account.agreement == agreement.id,
        agreement.administrator.email == email,
        agreement.state == .active, organization.state == .active
      else {
        try tx.countFailure("invitation.asked-in-vain", occasion)
        return
      }
      guard try tx.allowLetter(.invitation, to: email, occasion, env: env) else {
        try tx.countFailure("invitation.asked-too-often", occasion)
        return
      }
      guard try tx.resendInvitation(of: agreement, organization, occasion, env: env) != nil else {
        // Whoever withdrew the invitation meant it: only the partner or an operator sends a new one.
        try tx.countFailure("invitation.asked-in-vain", occasion)
        return
      }
    }
  }
}
