internal import AccessControl
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Web

/// A request that may be so large: it is done at the limit, and refused a step past it with the reason.
struct SizeLimit: Sendable, CustomTestStringConvertible {
  typealias Reply = ManagementWorld.Reply

  let testDescription: String
  let most: Int
  let refusal: Refusal
  /// What has to be there first; the ids of it, where the request names them.
  let prepare: @Sendable (ManagementWorld) async throws -> [String]
  /// Sends the request in a size.
  let send: @Sendable (_ test: ManagementWorld, _ prepared: [String], _ size: Int) async throws -> Reply

  /// What is said past a limit.
  struct Refusal: Sendable {
    let status: Int
    /// The pointer and code; nil where what is wrong is no member of the body.
    let flaw: String?
    /// What the reason says, which names the limit.
    let reason: String

    /// Out of the bounds that the OpenAPI document names.
    static func malformed(_ flaw: String?, _ reason: String) -> Refusal { Refusal(status: 400, flaw: flaw, reason: reason) }
    static func notAccepted(_ flaw: String?, _ reason: String) -> Refusal { Refusal(status: 422, flaw: flaw, reason: reason) }
    static func tooLong(_ pointer: String, _ most: Int) -> Refusal {
      malformed("\(pointer) too_long", "At most \(most) characters.")
    }
    static func tooMany(_ pointer: String, _ count: ClosedRange<Int>) -> Refusal {
      malformed("\(pointer) too_many", "From \(count.lowerBound) to \(count.upperBound).")
    }
  }

  init(
    _ what: String, _ most: Int, _ refusal: Refusal,
    given prepare: @escaping @Sendable (ManagementWorld) async throws -> [String] = { _ in [] },
    _ send: @escaping @Sendable (_ test: ManagementWorld, _ prepared: [String], _ size: Int) async throws -> Reply
  ) {
    testDescription = what
    self.most = most
    self.refusal = refusal
    self.prepare = prepare
    self.send = send
  }

  /// A text of a body that may be so many characters long.
  static func text(
    _ what: String, _ most: Int, at pointer: String,
    _ send: @escaping @Sendable (_ test: ManagementWorld, _ text: JSON) async throws -> Reply
  ) -> SizeLimit {
    SizeLimit(what, most, .tooLong(pointer, most)) { test, _, size in try await send(test, .string(Self.text(size))) }
  }

  /// Letters that take two bytes each: a character is no byte.
  static func text(_ length: Int) -> String { String(repeating: "ж", count: length) }

  func check() async throws {
    let test = try await ManagementWorld()
    let prepared = try await prepare(test)
    refusal.expect(of: try await send(test, prepared, most + 1))
    let done = try await send(test, prepared, most)
    #expect((200...201).contains(done.status), "\(done.http.text)")
  }
}

/// Things of which there may be so many: the last that may be is made, and none after it.
struct CountLimit: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let most: Int
  let refusal: SizeLimit.Refusal
  /// Where they are all shown, to operators.
  let list: @Sendable (_ test: ManagementWorld, _ filled: [String]) -> String
  /// Makes as many as there are to be.
  let fill: @Sendable (ManagementWorld, Int) async throws -> [String]
  /// Adds one more, which is called as the text says.
  let add: @Sendable (_ test: ManagementWorld, _ filled: [String], _ name: String) async throws -> ManagementWorld.Reply

  func check() async throws {
    let test = try await ManagementWorld()
    let filled = try await fill(test, most - 1)
    let done = try await add(test, filled, "last")
    #expect((200...201).contains(done.status), "\(done.http.text)")
    refusal.expect(of: try await add(test, filled, "beyond"))
    // The shape of the answer, which the document describes, has room for all of them.
    #expect(try await test.call("GET", list(test, filled), as: test.operatorOfPortal).status == 200)
  }
}

extension SizeLimit.Refusal {
  fileprivate func expect(of reply: ManagementWorld.Reply) {
    #expect(reply.status == status, "\(reply.http.text)")
    #expect(reply.flaws == (flaw.map { [$0] } ?? []))
    let said = ([reply.json] + (reply["errors"]?.arrayValue ?? [])).compactMap { $0.objectValue?["detail"]?.stringValue }
    #expect(said.contains { $0.contains(reason) }, "\(reply.http.text)")
  }
}

extension ManagementWorld {
  var path: String { "/organizations/\(contoso.id)" }

  /// Roles that permit nothing: Contoso's own, or the portal's.
  func roles(_ count: Int, of origin: Role.Origin? = nil) async throws -> [String] {
    let occasion = world.command
    let roles = (0..<count).map { number in
      DefinedRole(
        role: Role(
          id: occasion.newID(), name: "Role \(number)", permissions: .listed([]), mayGrant: .nothing,
          organizationKinds: [.customer], origin: origin ?? .organization(contoso.id)),
        createdAt: occasion.now, definedAt: occasion.now, definedBy: "command:test")
    }
    try await world.store.write { tx in for role in roles { try tx.seed(role) } }
    return roles.map(\.role.id.text)
  }

  /// Permissions that operators have defined.
  func permissions(_ count: Int) async throws -> [String] {
    let now = world.clock.now()
    let permissions = (0..<count).map { number in
      DefinedPermission(
        definition: PermissionDefinition(
          Permission("order", "act-\(number)"), "Act.", kinds: [.customer], isCustomerData: false),
        createdAt: now, definedAt: now, definedBy: "command:test")
    }
    try await world.store.write { tx in for permission in permissions { try tx.seed(permission) } }
    return permissions.map(\.definition.permission.text)
  }
}
