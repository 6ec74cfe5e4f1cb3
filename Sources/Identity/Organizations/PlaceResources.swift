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
  /// What is wrong, each with the place of the resource among those sent; no more than `maximumFlaws`.
  package struct Refusal: Error, Sendable {
    package let flaws: [(index: Int, flaw: RegisterResource.Refusal)]
  }

  package struct Registered: Sendable, Hashable {
    package var new = 0
    package var changed = 0
    package var unchanged = 0
  }

  /// How many may be registered at once.
  package static let maximum = 1_000
  /// How many may lie, over however many steps, below those that one request moves. Of each it has to be found out anew what it lies in, here and at every
  /// instance, before the next change gets its turn.
  package static let maximumMoved = 10_000
  /// After this many flaws nobody reads on.
  package static let maximumFlaws = 20

  package init() {}

  /// Needs `resource:manage` in the portal. One that is registered already is put where it is wanted, whichever version it has.
  ///
  /// - Throws: `Refusal`, `RegisterResource.Refusal.organizationUnknown`, `AccessDenied`.
  package func callAsFunction(
    _ wanted: [ResourceDefinition], to organization: OrganizationID, _ occasion: Occasion, env: Environment
  ) async throws -> Registered {
    try await env.write(occasion) { tx in
      _ = try tx.permitInPortal(.resourceManage, occasion)
      try tx.checkTakesResources(organization)
      var flaws: [(index: Int, flaw: RegisterResource.Refusal)] = []
      func each(_ body: (Int, ResourceDefinition) throws -> Void) throws {
        for (index, resource) in wanted.enumerated() where flaws.count < Self.maximumFlaws {
          do { try body(index, resource) } catch let flaw as RegisterResource.Refusal { flaws.append((index, flaw)) }
        }
        guard flaws.isEmpty else { throw Refusal(flaws: flaws) }
      }

      var names: Set<ResourceName> = []
      try each { _, resource in
        try resource.check()
        guard names.insert(resource.name).inserted else { throw RegisterResource.Refusal.twice }
      }
      var registered = Registered()
      var touched: [Int: ResourcePlacement] = [:]
      try each { index, resource in
        let placement = try tx.put(resource, in: organization, seen: nil, occasion)
        switch placement {
        case .new: registered.new += 1
        case .changed: registered.changed += 1
        case .unchanged: registered.unchanged += 1
        }
        touched[index] = placement
      }
      // Only now, because one may lie in another that comes after it.
      var moved = 0
      try each { index, _ in
        if let placement = touched[index] { try tx.checkTree(around: placement, moved: &moved) }
      }
      return registered
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

/// What came of putting one resource where somebody wants it.
enum ResourcePlacement {
  case new(RegisteredResource)
  case changed(RegisteredResource, from: RegisteredResource)
  case unchanged(RegisteredResource)

  var resource: RegisteredResource {
    switch self {
    case .new(let resource), .changed(let resource, _), .unchanged(let resource): resource
    }
  }
}

extension ResourceDefinition {
  /// - Throws: `RegisterResource.Refusal` for what no resource can be.
  func check() throws(RegisterResource.Refusal) {
    guard RegisteredResource.isType(name.type), !RegisterResource.ownTypes.contains(name.type) else { throw .typeRefused }
    guard RegisteredResource.isID(name.id) else { throw .idRefused }
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

  /// Writes one resource as it is wanted, and records it; where it lies is checked afterwards (`checkTree`).
  ///
  /// - Parameter version: the version the caller saw; nil writes whatever is there.
  /// - Throws: `RegisterResource.Refusal`.
  func put(
    _ wanted: ResourceDefinition, in organization: OrganizationID, seen version: Int64?, _ occasion: Occasion
  ) throws -> ResourcePlacement {
    guard let found = try resource(type: wanted.name.type, id: wanted.name.id) else {
      guard version == nil else { throw RegisterResource.Refusal.changedMeanwhile }
      let resource = RegisteredResource(
        type: wanted.name.type, id: wanted.name.id, organization: organization, parent: wanted.parent,
        attributes: wanted.attributes, createdAt: occasion.now)
      do { try insert(resource) } catch StoreError.taken(.resource) { throw RegisterResource.Refusal.changedMeanwhile }
      try record(.resourceChanged, on: resource.auditName, in: organization, before: nil, after: resource.audited, occasion)
      return .new(resource)
    }
    if let version, version != found.version { throw RegisterResource.Refusal.changedMeanwhile }
    var changed = found
    changed.organization = organization
    changed.parent = wanted.parent
    changed.attributes = wanted.attributes
    guard changed != found else { return .unchanged(found) }
    guard try update(changed) else { throw RegisterResource.Refusal.changedMeanwhile }
    changed.version += 1
    // Both organizations read of a move in their own trail.
    for place in Set([found.organization, organization]).sorted() {
      try record(.resourceChanged, on: found.auditName, in: place, before: found.audited, after: changed.audited, occasion)
    }
    return .changed(changed, from: found)
  }

  /// Makes sure that what lies above a resource that was just put, and what lies below it, is of its organization, leads in no circle and not too deep.
  ///
  /// - Parameter moved: how many lay below what the request moved so far.
  /// - Throws: `RegisterResource.Refusal`.
  func checkTree(around placement: ResourcePlacement, moved: inout Int) throws {
    let resource = placement.resource
    var depth = 0
    var above: Set<ResourceName> = [resource.name]
    var next = resource.parent
    while let parent = next {
      guard above.insert(parent).inserted else { throw RegisterResource.Refusal.circle }
      depth += 1
      guard depth <= RegisteredResource.deepest else { throw RegisterResource.Refusal.tooDeep }
      guard let place = try place(of: parent), place.organization == resource.organization else {
        throw RegisterResource.Refusal.parentUnknown
      }
      next = place.parent
    }
    // What lay below it lies as well as before, unless it moved.
    guard case .changed(_, let before) = placement,
      before.parent != resource.parent || before.organization != resource.organization
    else { return }
    var level = [resource.name]
    while !level.isEmpty {
      var children: [RegisteredResource] = []
      for parent in level {
        children += try self.children(of: parent, organization: resource.organization, moved: &moved)
      }
      depth += 1
      guard children.isEmpty || depth <= RegisteredResource.deepest else { throw RegisterResource.Refusal.tooDeep }
      level = children.map(\.name)
    }
  }

  /// Where a resource belongs and what it lies in; nil when there is none of that name.
  private func place(of name: ResourceName) throws -> (organization: OrganizationID, parent: ResourceName?)? {
    switch name.type {
    case ResourceName.agreementType:
      return try agreement(AgreementID(trusted: name.id)).map { ($0.organization, nil) }
    case ResourceName.purchasingAccountType:
      return try purchasingAccount(PurchasingAccountID(trusted: name.id)).map { ($0.organization, .agreement($0.agreement)) }
    default: return try resource(type: name.type, id: name.id).map { ($0.organization, $0.parent) }
    }
  }

  /// What lies in a resource that is moved, as long as it is not too much.
  private func children(
    of name: ResourceName, organization: OrganizationID, moved: inout Int
  ) throws -> [RegisteredResource] {
    var children: [RegisteredResource] = []
    var last: String?
    repeat {
      let page = try resources(below: name, PageRequest(limit: PageRequest.maximumLimit, after: last))
      guard page.items.allSatisfy({ $0.organization == organization }) else { throw RegisterResource.Refusal.holdsOthers }
      children += page.items
      moved += page.items.count
      guard moved <= RegisterResources.maximumMoved else { throw RegisterResource.Refusal.holdsTooMany }
      last = page.next
    } while last != nil
    return children
  }
}
