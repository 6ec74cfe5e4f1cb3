package import AccessControl
internal import Primitives

/// Lists organizations: all of them to operators, to everybody else those in which they may see the organization's details.
package struct ListOrganizations: Sendable {
  package init() {}

  /// - Throws: `AccessDenied` when there is none the actor may see.
  package func callAsFunction(_ page: PageRequest, _ occasion: Occasion, env: Environment) async throws -> Page<Organization> {
    try await env.read(occasion) { tx in
      let theirs = try tx.organizations(where: .organizationView, occasion)
      if theirs.contains(where: { $0.kind == .portal }) { return try tx.organizations(kind: nil, page) }
      if theirs.isEmpty { _ = try tx.permitInPortal(.organizationView, occasion) }
      let coming = theirs.filter { $0.id.text > page.after ?? "" }
      let items = Array(coming.prefix(page.limit))
      return Page(items: items, next: coming.count > items.count ? items.last?.id.text : nil)
    }
  }
}

/// Looks at one organization.
package struct ViewOrganization: Sendable {
  package init() {}

  /// Needs `organization:view` there.
  package func callAsFunction(_ id: OrganizationID, _ occasion: Occasion, env: Environment) async throws -> Organization {
    try await env.read(occasion) { tx in try tx.permit(.organizationView, in: id, occasion).organization }
  }
}

/// Lists the partners, for those who run the portal.
package struct ListPartners: Sendable {
  package init() {}

  /// Needs `partner:view` in the portal.
  package func callAsFunction(_ page: PageRequest, _ occasion: Occasion, env: Environment) async throws -> Page<Organization> {
    try await env.read(occasion) { tx in
      _ = try tx.permitInPortal(.partnerView, occasion)
      return try tx.organizations(kind: .partner, page)
    }
  }
}

/// Looks at one partner.
package struct ViewPartner: Sendable {
  package enum Refusal: Error, Sendable {
    /// There is no such organization, or it is no partner.
    case unknown
  }

  package init() {}

  /// Needs `partner:view` in the portal.
  package func callAsFunction(_ id: OrganizationID, _ occasion: Occasion, env: Environment) async throws -> Organization {
    try await env.read(occasion) { tx in
      _ = try tx.permitInPortal(.partnerView, occasion)
      guard let partner = try tx.organization(id), partner.kind == .partner else { throw Refusal.unknown }
      return partner
    }
  }
}
