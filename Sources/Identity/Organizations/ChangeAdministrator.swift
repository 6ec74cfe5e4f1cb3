internal import AccessControl
package import Localization
internal import Primitives

/// Changes the person an agreement names as administrator, or that person's address: every earlier link dies, the new person is invited, the
/// former one is told.
///
/// Whoever accepted before keeps the role: the organization's administrators take it, the partner cannot.
package struct ChangeAdministrator: Sendable {
  package enum Refusal: Error, Sendable {
    case unknown
    case changedMeanwhile
    /// The agreement has ended.
    case ended
  }

  package struct Changed: Sendable {
    package let agreement: Agreement
    /// nil when whoever changed it may not know whether the person has an account: a partner.
    package let told: AdministratorTold?
  }

  package init() {}

  /// Needs `agreement:change-administrator` for this agreement: an operator, or an administrator of the partner it names.
  ///
  /// - Parameter version: the agreement's version the caller saw; nil changes whatever is there.
  /// - Throws: `Refusal`, `AccessDenied`; the latter also for an agreement that does not exist, to those who may not see all of them.
  package func callAsFunction(
    _ id: AgreementID, to administrator: DesignatedAdministrator, language: Language, country: CountryCode?, seen version: Int64?,
    _ occasion: Occasion, env: Environment
  ) async throws -> Changed {
    try await env.write(occasion) { tx in
      let (agreement, permit) = try tx.agreementToChange(id, .agreementChangeAdministrator, occasion, unknown: Refusal.unknown)
      guard agreement.state == .active else { throw Refusal.ended }
      if let version, version != agreement.version { throw Refusal.changedMeanwhile }
      var changed = agreement
      changed.administrator = administrator
      guard try tx.update(changed) else { throw Refusal.changedMeanwhile }
      changed.version += 1
      for pending in try tx.pendingInvitations(agreement: id) {
        try tx.withdraw(pending, permit.organization, occasion)
      }
      try tx.record(
        .administratorChanged, on: id.auditName, in: agreement.organization, before: ["version": .integer(agreement.version)],
        after: [
          "version": .integer(changed.version), "addressChanged": .bool(agreement.administrator.email != administrator.email),
        ], occasion)
      if agreement.administrator.email != administrator.email {
        let known = try tx.account(.work, email: agreement.administrator.email)
        try tx.send(
          .administratorReplaced(organization: permit.organization.name, agreement: agreement.number),
          to: agreement.administrator.email,
          name: agreement.administrator.name, in: known?.language ?? language, occasion, sealedBy: env.keys)
      }
      let told = try tx.tellAdministrator(
        of: changed, permit.organization, language: language, country: country, occasion, env: env)
      return Changed(agreement: changed, told: permit.mayKnowAccounts ? told : nil)
    }
  }
}

extension Transaction {
  /// The agreement somebody wants to act on, after checking that they may. Somebody without authority over all agreements cannot tell a foreign
  /// one from one that does not exist.
  func agreementToChange(
    _ id: AgreementID, _ permission: Permission, _ occasion: Occasion, unknown: any Error
  ) throws -> (Agreement, Permit) {
    guard let agreement = try agreement(id) else {
      _ = try permitInPortal(permission, occasion)
      throw unknown
    }
    let permit = try permit(permission, in: agreement.organization, agreementNaming: agreement.partner, occasion)
    return (agreement, permit)
  }
}
