package import AccessControl
internal import Primitives

/// Changes which partner looks after an agreement, ends the agreement, or lets it run again.
///
/// An ended agreement sends no invitation any more, and a waiting one is withdrawn; members and roles stay: they are the organization's.
package struct ChangeAgreement: Sendable {
  package enum PartnerChange: Sendable, Hashable {
    case keep, remove
    case to(OrganizationID)
  }

  package enum Refusal: Error, Sendable {
    case unknown
    case changedMeanwhile
    /// No such partner, or it is closed.
    case partnerUnknown
  }

  package init() {}

  /// Needs `agreement:manage` in the portal.
  ///
  /// - Parameter version: the version the caller saw; nil changes whatever is there.
  package func callAsFunction(
    _ id: AgreementID, partner: PartnerChange, state: Agreement.State?, seen version: Int64?, _ occasion: Occasion,
    env: Environment
  ) async throws -> Agreement {
    try await env.write(occasion) { tx in
      _ = try tx.permitInPortal(.agreementManage, occasion)
      guard let found = try tx.agreement(id), let organization = try tx.organization(found.organization) else {
        throw Refusal.unknown
      }
      if let version, version != found.version { throw Refusal.changedMeanwhile }
      var changed = found
      switch partner {
      case .keep: break
      case .remove: changed.partner = nil
      case .to(let partner):
        guard let known = try tx.organization(partner), known.kind == .partner, known.state == .active else {
          throw Refusal.partnerUnknown
        }
        changed.partner = partner
      }
      if let state { changed.state = state }
      guard changed != found else { return found }
      guard try tx.update(changed) else { throw Refusal.changedMeanwhile }
      changed.version += 1
      try tx.record(
        .agreementChanged, on: id.auditName, in: found.organization, before: found.audited, after: changed.audited, occasion)
      if changed.state == .ended {
        for pending in try tx.pendingInvitations(agreement: id) { try tx.withdraw(pending, organization, occasion) }
      }
      return changed
    }
  }
}

extension Agreement {
  fileprivate var audited: JSONObject {
    ["partner": partner.map { .string($0.text) } ?? .null, "state": .string(state.rawValue)]
  }
}
