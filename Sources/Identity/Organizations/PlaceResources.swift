package import AccessControl
package import Primitives

/// A resource as somebody wants it to be registered.
package struct ResourceDefinition: Sendable, Hashable {
  package let name: ResourceName
  /// What it lies in: registered, or an agreement or purchasing account, of the same organization.
  package let parent: ResourceName?
  package let attributes: JSONObject

  package init(name: ResourceName, parent: ResourceName?, attributes: JSONObject) {
    self.name = name
    self.parent = parent
    self.attributes = attributes
  }
}

/// Registers many resources of one organization at once: all of them, or none.
package struct RegisterResources: Sendable {
  /// How many may lie, over however many steps, below those that one request moves. Of each it has to be found out anew what it lies in, here and at every
  /// instance, before the next change gets its turn.
  package static let maximumMoved = 10_000

  package init() {}

  /// Needs `resource:manage` in the portal. One that is registered already is put where it is wanted, whichever version it has.
  ///
  /// - Parameter wanted: no more than `RegisterMany.maximum`.
  /// - Throws: `RegisterMany.Refusal<RegisterResource.Refusal>`, `RegisterResource.Refusal` for what is no single one's flaw, `AccessDenied`.
  package func callAsFunction(
    _ wanted: [ResourceDefinition], to organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> RegisterMany.Count {
    try await env.write(occasion) { tx in
      _ = try tx.permitInPortal(.resourceManage, occasion)
      try tx.checkTakesResources(organization)
      var names: Set<ResourceName> = []
      try RegisterMany.checkEach(wanted) { (resource) throws(RegisterResource.Refusal) in
        try resource.check()
        guard names.insert(resource.name).inserted else { throw .twice }
      }
      let registered = try tx.put(wanted, in: organization, seen: nil, occasion)
      let surroundings = try tx.surroundings(of: registered)
      var moved = 0
      try RegisterMany.checkEach(registered) { (one) throws(RegisterResource.Refusal) in
        try surroundings.check(one, moved: &moved)
      }
      return RegisterMany.Count(registered)
    }
  }
}

/// What is a resource by nature, without being registered.
extension ResourceName {
  package static let agreementType = "agreement"
  package static let purchasingAccountType = "purchasing-account"

  package static func agreement(_ id: AgreementID) -> ResourceName { ResourceName(type: agreementType, id: id.text) }
  package static func purchasingAccount(_ id: PurchasingAccountID) -> ResourceName {
    ResourceName(type: purchasingAccountType, id: id.text)
  }
}

extension ResourceDefinition {
  /// - Throws: `RegisterResource.Refusal` for what no resource can be.
  func check() throws(RegisterResource.Refusal) {
    guard RegisteredResource.isType(name.type), !RegisterResource.ownTypes.contains(name.type) else { throw .typeRefused }
    guard RegisteredResource.isID(name.id) else { throw .idRefused }
    // What lies in it is looked for by its bytes; another spelling of a name is another name.
    if let parent { guard RegisteredResource.isID(parent.id) else { throw .parentUnknown } }
    guard AttributeLimits.admit(attributes) else { throw .attributesRefused }
  }
}

extension RegisteredResource {
  /// How far a resource may lie below another. One that lies deeper would be out of reach of the roles held for what is above it.
  package static let deepest = 16
  /// The longest id of a resource, in characters.
  package static let maximumID = 200

  /// Whether it can be a resource's type: 1 to 64 of `a`–`z`, digits and `-`.
  static func isType(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
      }
  }

  /// Whether it can be a resource's id: 1 to 200 visible characters, none of which a reader would miss.
  static func isID(_ text: String) -> Bool { DisplayText.cleaned(text, limit: maximumID).map { $0.isExactly(text) } ?? false }
}

extension Transaction {
  /// - Throws: `RegisterResource.Refusal` when there is no such organization, or it is closed.
  func checkTakesResources(_ id: OrganizationID) throws {
    guard let organization = try organization(id), organization.state == .active else {
      throw RegisterResource.Refusal.organizationUnknown
    }
  }

  /// Writes resources as they are wanted, and records it; where they lie is checked afterwards (`ResourceSurroundings`).
  ///
  /// - Parameter version: the version of each that the caller saw; nil writes whatever is there.
  /// - Throws: `RegisterResource.Refusal.changedMeanwhile`.
  func put(
    _ wanted: [ResourceDefinition], in organization: OrganizationID, seen version: Int64?, _ occasion: Occasion
  ) throws -> [Registration<RegisteredResource>] {
    let found = try resources(Set(wanted.map(\.name)))
    let registered = try wanted.map { wanted in
      let one = Registration(
        of: found[wanted.name], seen: version,
        new: RegisteredResource(
          type: wanted.name.type, id: wanted.name.id, organization: organization, parent: wanted.parent,
          attributes: wanted.attributes, createdAt: occasion.now)
      ) {
        $0.organization = organization
        $0.parent = wanted.parent
        $0.attributes = wanted.attributes
      }
      guard let one else { throw RegisterResource.Refusal.changedMeanwhile }
      return one
    }
    do { try insert(registered.added()) } catch StoreError.taken(.resource) { throw RegisterResource.Refusal.changedMeanwhile }
    guard try update(registered.changed()) else { throw RegisterResource.Refusal.changedMeanwhile }
    try append(registered.flatMap { $0.entries(occasion) })
    return registered
  }

  /// The same for one.
  func put(
    _ wanted: ResourceDefinition, in organization: OrganizationID, seen version: Int64?, _ occasion: Occasion
  ) throws -> Registration<RegisteredResource> {
    guard let registered = try put([wanted], in: organization, seen: version, occasion).first else {
      throw RegisterResource.Refusal.changedMeanwhile
    }
    return registered
  }

  /// Looks around resources that were just put, a step up or down for all of them at once: however many they are, a step costs the same few statements.
  func surroundings(of registered: [Registration<RegisteredResource>]) throws -> ResourceSurroundings {
    var places: [ResourceName: ResourcePlace] = [:]
    var moved: Set<ResourceName> = []
    for one in registered {
      let resource = one.thing
      places[resource.name] = ResourcePlace(organization: resource.organization, parent: resource.parent)
      if one.isMoved { moved.insert(resource.name) }
    }
    var level = Set(places.values.compactMap(\.parent)).subtracting(places.keys)
    for _ in 0..<RegisteredResource.deepest where !level.isEmpty {
      let found = try self.places(of: level)
      places.merge(found) { known, _ in known }
      level = Set(found.values.compactMap(\.parent)).subtracting(places.keys)
    }
    var below: [ResourceName: [ResourceName]] = [:]
    level = moved
    // One step more than anything may lie, to see what lies too deep; and one resource more than may be moved, to see that they are too many.
    var room = RegisterResources.maximumMoved + 1
    for _ in 0...RegisteredResource.deepest where !level.isEmpty && room > 0 {
      let found = try self.places(below: level, atMost: room)
      room -= found.count
      for (name, place) in found { if let parent = place.parent { below[parent, default: []].append(name) } }
      places.merge(found) { known, _ in known }
      level = Set(found.keys).subtracting(below.keys)
    }
    return ResourceSurroundings(places: places, below: below)
  }
}

extension Registration<RegisteredResource> {
  /// What the trail says of it. Both organizations read of a move in their own.
  fileprivate func entries(_ occasion: Occasion) -> [AuditEntry] {
    switch self {
    case .new(let resource):
      [occasion.entry(.resourceChanged, on: resource.auditName, in: resource.organization, before: nil, after: resource.audited)]
    case .changed(let before, let after):
      Set([before.organization, after.organization]).sorted().map { place in
        occasion.entry(.resourceChanged, on: after.auditName, in: place, before: before.audited, after: after.audited)
      }
    case .unchanged: []
    }
  }

  /// Whether what lay below it may lie otherwise than before.
  fileprivate var isMoved: Bool {
    guard case .changed(let before, let after) = self else { return false }
    return before.parent != after.parent || before.organization != after.organization
  }
}

/// What lies above some resources and, where they moved, below them.
struct ResourceSurroundings {
  fileprivate let places: [ResourceName: ResourcePlace]
  fileprivate let below: [ResourceName: [ResourceName]]

  /// Makes sure that what lies above a resource that was just put, and what lies below it, is of its organization, leads in no circle and not too deep.
  ///
  /// - Parameter moved: how many lay below what the request moved so far.
  func check(_ registered: Registration<RegisteredResource>, moved: inout Int) throws(RegisterResource.Refusal) {
    let resource = registered.thing
    var depth = 0
    var above: Set<ResourceName> = [resource.name]
    var next = resource.parent
    while let parent = next {
      guard above.insert(parent).inserted else { throw .circle }
      depth += 1
      guard depth <= RegisteredResource.deepest else { throw .tooDeep }
      guard let place = places[parent], place.organization == resource.organization else { throw .parentUnknown }
      next = place.parent
    }
    // What lay below it lies as well as before, unless it moved.
    guard registered.isMoved else { return }
    var level = [resource.name]
    while !level.isEmpty {
      let children = level.flatMap { below[$0, default: []] }
      guard children.allSatisfy({ places[$0]?.organization == resource.organization }) else { throw .holdsOthers }
      moved += children.count
      guard moved <= RegisterResources.maximumMoved else { throw .holdsTooMany }
      depth += 1
      guard children.isEmpty || depth <= RegisteredResource.deepest else { throw .tooDeep }
      level = children
    }
  }
}
