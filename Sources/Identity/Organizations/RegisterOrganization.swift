package import AccessControl
internal import Primitives

/// Registers a customer or a partner. The portal's own organization is made at first start and only then.
package struct RegisterOrganization: Sendable {
  package enum Kind: String, Sendable, CaseIterable { case customer, partner }

  package enum Refusal: Error, Sendable {
    /// Empty, longer than 200 characters, or with characters that could change what stands around it.
    case nameRefused
  }

  package init() {}

  /// Needs `organization:manage` (customers) or `partner:manage` (partners) in the portal.
  ///
  /// Names are not unique: two companies may be called the same, and an id is never made from a name.
  package func callAsFunction(_ kind: Kind, name: String, _ occasion: Occasion, env: Environment) async throws -> Organization {
    try await env.write(occasion) { tx in
      _ = try tx.permitInPortal(kind == .partner ? .partnerManage : .organizationManage, occasion)
      return try tx.makeOrganization(kind == .partner ? .partner : .customer, name: name, occasion)
    }
  }
}

/// Changes an organization's name, closes it or opens it again.
package struct ChangeOrganization: Sendable {
  package enum Refusal: Error, Sendable {
    case unknown, nameRefused
    /// The version is not the one that was seen.
    case changedMeanwhile
    /// The portal's own organization cannot be closed.
    case portalStaysOpen
  }

  package init() {}

  /// Needs `organization:manage` (or `partner:manage` for a partner) in the portal. Closing ends nothing for good: roles stay, and count again
  /// once it is open.
  ///
  /// - Parameter version: the version the caller saw; nil changes whatever is there.
  package func callAsFunction(
    _ id: OrganizationID, name: String?, state: Organization.State?, seen version: Int64?, _ occasion: Occasion, env: Environment
  ) async throws -> Organization {
    try await env.write(occasion) { tx in
      guard let found = try tx.organization(id) else {
        _ = try tx.permitInPortal(.organizationManage, occasion)
        throw Refusal.unknown
      }
      _ = try tx.permitInPortal(found.kind == .partner ? .partnerManage : .organizationManage, occasion)
      if let version, version != found.version { throw Refusal.changedMeanwhile }
      var changed = found
      if let name {
        guard let clean = DisplayText.cleaned(name, limit: 200) else { throw Refusal.nameRefused }
        changed.name = clean
      }
      if let state {
        guard found.kind != .portal || state == .active else { throw Refusal.portalStaysOpen }
        changed.state = state
      }
      guard changed != found else { return found }
      guard try tx.update(changed) else { throw Refusal.changedMeanwhile }
      try tx.record(
        .organizationChanged, on: id.auditName, in: id, before: ["state": .string(found.state.rawValue)],
        after: ["state": .string(changed.state.rawValue), "renamed": .bool(changed.name != found.name)], occasion)
      changed.version += 1
      return changed
    }
  }
}

extension Transaction {
  func makeOrganization(_ kind: OrganizationKind, name: String, _ occasion: Occasion) throws -> Organization {
    guard let clean = DisplayText.cleaned(name, limit: 200) else { throw RegisterOrganization.Refusal.nameRefused }
    let organization = Organization(id: occasion.newID(), kind: kind, name: clean, createdAt: occasion.now)
    try insert(organization)
    try record(
      .organizationCreated, on: organization.id.auditName, in: organization.id, before: nil,
      after: ["kind": .string(kind.rawValue)], occasion)
    return organization
  }
}
