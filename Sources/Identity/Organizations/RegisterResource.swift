package import AccessControl
internal import Primitives

/// Says which organization a thing of an application belongs to. Decisions about it are made there and nowhere else, whatever a request says.
///
/// Only the portal may: an organization that could claim somebody else's order would decide who may see it.
package struct RegisterResource: Sendable {
  package enum Refusal: Error, Sendable, Hashable {
    /// The type is not the first half of a permission: 1 to 64 of `a`–`z`, digits and `-`; or it is one of those Usher keeps itself.
    case typeRefused
    /// Not 1 to 200 visible characters.
    case idRefused
    /// Larger than `AttributeLimits` allow.
    case attributesRefused
    /// Another one of the same name stands before it.
    case twice
    /// No such organization, or it is closed.
    case organizationUnknown
    /// In this organization nothing of that name is registered, and no such agreement or purchasing account is there.
    case parentUnknown
    /// It would lie in itself.
    case circle
    /// It, or what lies in it, would lie more than `RegisteredResource.deepest` steps below something.
    case tooDeep
    /// What lies in it belongs to another organization than it would.
    case holdsOthers
    /// More lies below it than may be moved at once (`RegisterResources.maximumMoved`).
    case holdsTooMany
    case changedMeanwhile
  }

  /// These answer for themselves: the organization of an agreement is the one that signed it.
  package static let ownTypes: Set<String> = [ResourceName.agreementType, ResourceName.purchasingAccountType]

  package struct Registered: Sendable {
    package let resource: RegisteredResource
    /// False when it was registered before, and has moved or stayed.
    package let isNew: Bool
  }

  package init() {}

  /// Needs `resource:manage` in the portal.
  ///
  /// - Parameter version: the version the caller saw; nil writes whatever is there.
  /// - Throws: `Refusal`, `AccessDenied`.
  package func callAsFunction(
    _ wanted: ResourceDefinition, to organization: OrganizationID, seen version: Int64?, _ occasion: Occasion, env: Environment
  ) async throws -> Registered {
    try await env.write(occasion) { tx in
      _ = try tx.permitInPortal(.resourceManage, occasion)
      try wanted.check()
      try tx.checkTakesResources(organization)
      let registered = try tx.put(wanted, in: organization, seen: version, occasion)
      var moved = 0
      try tx.surroundings(of: [registered]).check(registered, moved: &moved)
      return Registered(resource: registered.thing, isNew: registered.isNew)
    }
  }
}

/// Forgets which organization a thing belongs to; the next question about it has to name one.
package struct ForgetResource: Sendable {
  package enum Refusal: Error, Sendable {
    case unknown
    /// Other registered resources lie in it.
    case holdsOthers
    case changedMeanwhile
  }

  package init() {}

  /// Needs `resource:manage` in the portal.
  ///
  /// - Throws: `Refusal`, `AccessDenied`.
  package func callAsFunction(type: String, id: String, seen version: Int64?, _ occasion: Occasion, env: Environment) async throws
  {
    try await env.write(occasion) { tx in
      _ = try tx.permitInPortal(.resourceManage, occasion)
      guard let found = try tx.resource(type: type, id: id) else { throw Refusal.unknown }
      if let version, version != found.version { throw Refusal.changedMeanwhile }
      guard try tx.resources(below: found.name, PageRequest(limit: 1)).items.isEmpty else { throw Refusal.holdsOthers }
      guard try tx.deleteResource(type: type, id: id) else { throw Refusal.unknown }
      try tx.record(.resourceChanged, on: found.auditName, in: found.organization, before: found.audited, after: nil, occasion)
    }
  }
}

extension RegisteredResource {
  package var auditName: String { "resource:\(type):\(id)" }

  /// What decides where; its attributes may be anybody's.
  var audited: JSONObject {
    var audited: JSONObject = ["organization": .string(organization.text), "version": .integer(version)]
    if let parent { audited["parent"] = .string("resource:\(parent.type):\(parent.id)") }
    return audited
  }
}
