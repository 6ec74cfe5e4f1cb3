package import AccessControl
internal import Primitives

/// Says which organization a thing of an application belongs to. Decisions about it are made there and nowhere else, whatever a request says.
///
/// Only the portal may: an organization that could claim somebody else's order would decide who may see it.
package struct RegisterResource: Sendable {
  package enum Refusal: Error, Sendable {
    /// The type is not the first half of a permission: 1 to 64 of `a`–`z`, digits and `-`; or it is one of those Usher keeps itself.
    case typeRefused
    /// Not 1 to 200 visible characters.
    case idRefused
    /// No such organization, or it is closed.
    case organizationUnknown
    case changedMeanwhile
  }

  /// These answer for themselves: the organization of an agreement is the one that signed it.
  package static let ownTypes: Set<String> = ["agreement", "purchasing-account"]

  package struct Registered: Sendable {
    package let resource: RegisteredResource
    /// False when it was registered before, and has moved or stayed.
    package let isNew: Bool
  }

  package init() {}

  /// Needs `resource:manage` in the portal.
  ///
  /// - Parameter version: the version the caller saw; nil writes whatever is there.
  package func callAsFunction(
    type: String, id: String, to organization: OrganizationID, seen version: Int64?, _ occasion: Occasion, env: Environment
  ) async throws -> Registered {
    try await env.write(occasion) { tx in
      _ = try tx.permitInPortal(.resourceManage, occasion)
      guard Self.isType(type) else { throw Refusal.typeRefused }
      guard let clean = DisplayText.cleaned(id, limit: 200), clean.isExactly(id) else { throw Refusal.idRefused }
      guard let owner = try tx.organization(organization), owner.state == .active else { throw Refusal.organizationUnknown }
      guard let found = try tx.resource(type: type, id: id) else {
        guard version == nil else { throw Refusal.changedMeanwhile }
        let resource = RegisteredResource(type: type, id: id, organization: organization, createdAt: occasion.now)
        do { try tx.insert(resource) } catch StoreError.taken(.resource) { throw Refusal.changedMeanwhile }
        try tx.record(.resourceChanged, on: resource.auditName, in: organization, before: nil, after: resource.audited, occasion)
        return Registered(resource: resource, isNew: true)
      }
      if let version, version != found.version { throw Refusal.changedMeanwhile }
      guard found.organization != organization else { return Registered(resource: found, isNew: false) }
      var moved = found
      moved.organization = organization
      // What it lay in stays where it was.
      moved.parent = nil
      guard try tx.update(moved) else { throw Refusal.changedMeanwhile }
      moved.version += 1
      // Both organizations read of it in their own trail.
      for place in [found.organization, organization] {
        try tx.record(.resourceChanged, on: found.auditName, in: place, before: found.audited, after: moved.audited, occasion)
      }
      return Registered(resource: moved, isNew: false)
    }
  }

  private static func isType(_ text: String) -> Bool {
    guard (1...64).contains(text.utf8.count), !ownTypes.contains(text) else { return false }
    return text.utf8.allSatisfy {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
    }
  }
}

/// Forgets which organization a thing belongs to; the next question about it has to name one.
package struct ForgetResource: Sendable {
  package enum Refusal: Error, Sendable {
    case unknown
    case changedMeanwhile
  }

  package init() {}

  /// Needs `resource:manage` in the portal.
  package func callAsFunction(type: String, id: String, seen version: Int64?, _ occasion: Occasion, env: Environment) async throws
  {
    try await env.write(occasion) { tx in
      _ = try tx.permitInPortal(.resourceManage, occasion)
      guard let found = try tx.resource(type: type, id: id) else { throw Refusal.unknown }
      if let version, version != found.version { throw Refusal.changedMeanwhile }
      guard try tx.deleteResource(type: type, id: id) else { throw Refusal.unknown }
      try tx.record(.resourceChanged, on: found.auditName, in: found.organization, before: found.audited, after: nil, occasion)
    }
  }
}

extension RegisteredResource {
  package var auditName: String { "resource:\(type):\(id)" }

  fileprivate var audited: JSONObject { ["organization": .string(organization.text)] }
}
