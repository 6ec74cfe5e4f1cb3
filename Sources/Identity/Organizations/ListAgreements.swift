package import AccessControl
internal import Primitives

/// Lists agreements: one organization's, those that name a partner, or all.
package struct ListAgreements: Sendable {
  package enum Scope: Sendable, Hashable {
    /// Needs `agreement:view` in the portal.
    case all
    /// Needs `agreement:view` in the organization.
    case of(OrganizationID)
    /// What a partner looks after. Needs `agreement:resend-invitation` in the partner's own organization: whoever acts on agreements has to
    /// find them.
    case naming(partner: OrganizationID)
  }

  package init() {}

  package func callAsFunction(_ scope: Scope, _ page: PageRequest, _ occasion: Occasion, env: Environment) async throws -> Page<
    Agreement
  > {
    try await env.read(occasion) { tx in
      switch scope {
      case .all:
        _ = try tx.permitInPortal(.agreementView, occasion)
        return try tx.agreements(organization: nil, partner: nil, page)
      case .of(let organization):
        _ = try tx.permit(.agreementView, in: organization, occasion)
        return try tx.agreements(organization: organization, partner: nil, page)
      case .naming(let partner):
        _ = try tx.permit(.agreementResendInvitation, in: partner, occasion)
        return try tx.agreements(organization: nil, partner: partner, page)
      }
    }
  }
}

/// Looks at one agreement.
package struct ViewAgreement: Sendable {
  package enum Refusal: Error, Sendable { case unknown }

  package init() {}

  /// Needs `agreement:view` in the organization that signed it.
  package func callAsFunction(_ id: AgreementID, _ occasion: Occasion, env: Environment) async throws -> Agreement {
    try await env.read(occasion) { tx in
      try tx.agreementToChange(id, .agreementView, occasion, unknown: Refusal.unknown).0
    }
  }
}
