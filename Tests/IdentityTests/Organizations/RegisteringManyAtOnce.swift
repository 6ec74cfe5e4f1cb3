import AccessControl
import Identity
import Primitives
import TestKit
import Testing

/// What registering many costs, in statements: on PostgreSQL each of them is a way to the server and back.
@Suite struct CostOfRegisteringMany {
  private struct Scene {
    let world: TestWorld
    let organization: Organization

    init() async throws {
      world = try await TestWorld.make()
      organization = try await world.organization()
    }

    /// How many statements the writes of a body take.
    func count(_ body: (Environment) async throws -> Void) async throws -> Int {
      let store = CountedStatements(world.store, clock: world.clock)
      try await body(world.env.over(store))
      return store.count
    }

    /// Registers so many folders, two steps deep, in one that is there.
    func folders(_ count: Int, _ kind: String, saying value: JSON = 1, planning: Bool = false) async throws -> Int {
      let wanted = (0..<count).map { index in
        ResourceDefinition(
          name: ResourceName(type: kind, id: "\(index)"),
          parent: ResourceName(type: index < 2 ? "root" : kind, id: index < 2 ? "root" : "\(index % 2)"),
          attributes: ["value": value])
      }
      return try await self.count { env in
        _ = try await RegisterResources()(wanted, to: organization.id, occasion(planning), env: env)
      }
    }

    func subjects(_ count: Int, _ kind: String, saying value: JSON = 1) async throws -> Int {
      let wanted = (0..<count).map { index in
        SubjectDefinition(type: kind, name: "\(index)", attributes: ["value": value], state: .active)
      }
      return try await self.count { env in
        _ = try await RegisterSubjects()(wanted, in: organization.id, world.command, env: env)
      }
    }

    private func occasion(_ planning: Bool) -> Occasion {
      planning ? world.command.intending(.plan(of: PlannedRequest(["test"]))) : world.command
    }
  }

  @Test func `a thousand resources take no more statements than ten, new, changed and moved ones alike`() async throws {
    let scene = try await Scene()
    _ = try await scene.count { env in
      _ = try await RegisterResource()(
        ResourceDefinition(name: ResourceName(type: "root", id: "root"), parent: nil, attributes: [:]), to: scene.organization.id,
        seen: nil, scene.world.command, env: env)
    }
    for value in [1, 2] as [JSON] {
      let few = try await scene.folders(10, "few", saying: value)
      let many = try await scene.folders(1_000, "many", saying: value)
      #expect(few == many && many <= 15, "\(few), \(many)")
    }
  }

  @Test func `a thousand subjects take no more statements than ten, new and changed ones alike`() async throws {
    let scene = try await Scene()
    for value in [1, 2] as [JSON] {
      let few = try await scene.subjects(10, "few", saying: value)
      let many = try await scene.subjects(1_000, "many", saying: value)
      #expect(few == many && many <= 18, "\(few), \(many)")
    }
  }
}
