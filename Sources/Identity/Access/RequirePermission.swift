package import AccessControl
internal import Primitives

/// Checks that somebody may begin an operation at all, before anything they sent is looked at: whoever may not does not even learn what was
/// wrong with their request.
///
/// It finds out in which organization an operation takes effect. The use case behind checks again, in the transaction that acts.
package struct RequirePermission: Sendable {
  /// What an operation is about, and so whose organization counts.
  package enum Place: Sendable, Hashable {
    /// The portal's own organization.
    case portal
    /// Any organization at all in which the actor holds the permission; what they see is then limited to those.
    case anywhere
    case organization(OrganizationID)
    /// The organization that signed it; the partner it names counts too.
    case agreement(AgreementID)
    case purchasingAccount(PurchasingAccountID)
    /// The organization that owns it, or the portal.
    case application(ApplicationID)
  }

  package enum Refusal: Error, Sendable {
    /// There is no such thing. Told only to those who hold the permission in the portal; to everybody else it looks like a denial.
    case unknown
  }

  package init() {}

  /// - Throws: `Refusal`, `AccessDenied`.
  package func callAsFunction(_ permission: Permission, at place: Place, _ occasion: Occasion, env: Environment) async throws {
    try await env.read(occasion) { tx in
      guard let (organization, partner) = try tx.whereabouts(of: place, permission, occasion) else {
        _ = try tx.permitInPortal(permission, occasion)
        throw Refusal.unknown
      }
      _ = try tx.permit(permission, in: organization, agreementNaming: partner, occasion)
    }
  }
}

extension Transaction {
  /// The organization a place lies in, and the partner of the agreement at stake; nil when there is no such thing.
  fileprivate func whereabouts(
    of place: RequirePermission.Place, _ permission: Permission, _ occasion: Occasion
  ) throws -> (OrganizationID, OrganizationID?)? {
    switch place {
    case .portal: return try portalOrganization().map { ($0.id, nil) }
    case .anywhere: return try organizations(where: permission, occasion).first.map { ($0.id, nil) }
    case .organization(let id): return try organization(id).map { ($0.id, nil) }
    case .agreement(let id): return try agreement(id).map { ($0.organization, $0.partner) }
    case .purchasingAccount(let id): return try purchasingAccount(id).map { ($0.organization, nil) }
    case .application(let id):
      guard let application = try application(id) else { return nil }
      if let owner = application.owner { return (owner, nil) }
      return try portalOrganization().map { ($0.id, nil) }
    }
  }

  /// The organizations of which the actor is a member and in which they hold the permission, sorted by id.
  package func organizations(where permission: Permission, _ occasion: Occasion) throws -> [Organization] {
    let authority = try authority(of: occasion.actor, at: occasion.now)
    return try authority.holdings
      .filter { authority.decide(permission, at: Authority.Target($0.organization)).allowed }
      .sorted { $0.organization.id < $1.organization.id }
      .compactMap { try organization($0.organization.id) }
  }
}
