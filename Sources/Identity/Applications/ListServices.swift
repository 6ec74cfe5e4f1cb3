package import AccessControl
internal import Primitives

/// A service as the dashboard offers it.
package struct OfferedService: Sendable, Hashable {
  package let id: ApplicationID
  package let name: String
  /// Where it starts.
  package let address: String
}

/// Lists the services a person may open from the dashboard: trusted applications with a start address that admit this kind of account and belong
/// to nobody or to an organization in which the person is an active member.
package struct ListServices: Sendable {
  /// How many applications are looked at; a dashboard with more would be no dashboard.
  private static let limit = PageRequest.maximumLimit

  package init() {}

  package func callAsFunction(for account: Account, _ occasion: Occasion, env: Environment) async throws -> [OfferedService] {
    try await env.read(occasion) { tx in
      var places: Set<OrganizationID> = []
      for membership in try tx.memberships(of: account.id) where membership.state == .active {
        if try tx.organization(membership.organization)?.state == .active { places.insert(membership.organization) }
      }
      var found = try tx.applications(owner: nil, PageRequest(limit: Self.limit)).items
      for place in places { found += try tx.applications(owner: place, PageRequest(limit: Self.limit)).items }
      var seen: Set<ApplicationID> = []
      return found.compactMap { application in
        guard seen.insert(application.id).inserted, application.state == .active, application.isTrusted,
          application.admits.admits(account.kind.name), application.owner.map(places.contains) ?? true,
          let address = application.startURL
        else { return nil }
        return OfferedService(id: application.id, name: application.name, address: address)
      }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }
  }
}
