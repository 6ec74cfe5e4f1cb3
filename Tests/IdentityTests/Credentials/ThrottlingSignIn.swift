import Identity
import Primitives
import TestKit
import Testing

@Suite(.rule("NIST SP 800-63B-4 §3.2.2")) struct ThrottlingSignIn {
  @Test(.threat("PWD3")) func `from the sixth wrong password on nobody is let in before the wait is over`() async throws {
    let world = try await TestWorld.make()
    try await world.member(of: try await world.organization())
    let door = Door(world: world)
    for _ in 1...5 { #expect(try await door.refusal() == .wrong) }
    let until = world.clock.now() + .seconds(2)
    #expect(try await door.refusal() == .throttled(until: until))
    #expect(try await door.refusal("ada@contoso.test", TestWorld.password) == .throttled(until: until))
    world.clock.set(until)
    #expect(try await door.refusal("ada@contoso.test", TestWorld.password) == nil)
    // The success wiped the count out.
    for _ in 1...5 { #expect(try await door.refusal() == .wrong) }
  }

  @Test(.threat("PWD3"))
  func `each further failure doubles the wait, and after a hundred the password is not looked at for an hour`() async throws {
    let world = try await TestWorld.make { $0.throttle.freeFailuresPerAddress = 1_000 }
    let ada = try await world.member(of: try await world.organization())
    let door = Door(world: world)
    var waits: [Duration] = []
    for number in 1...100 {
      #expect(try await door.refusal() == .wrong)
      // Asking whether there is a wait would be one more failure as long as there is none.
      if number >= 5, case .throttled(let until) = try await door.refusal() {
        waits.append(until - world.clock.now())
        world.clock.set(until)
      }
    }
    #expect(waits.prefix(5) == [.seconds(2), .seconds(4), .seconds(8), .seconds(16), .seconds(32)])
    #expect(waits.dropLast().max() == .minutes(15))
    #expect(waits.count == 96)
    #expect(waits.last == .hours(1))
    // Never a permanent lock-out: the wait ends by itself, and the owner gets in.
    #expect(try await door.refusal("ada@contoso.test", TestWorld.password) == nil)
    let rows = try await world.audit(.signInThrottled)
    #expect(rows.map(\.object) == [ada.id.auditName, ada.id.auditName])
    #expect(rows.map { $0.details?["failures"]?.intValue } == [5, 100])
    #expect(try await world.failures("session.sign-in-throttled") == 96)
  }

  @Test(.threat("PWD1", "PWD3")) func `an address nobody has is throttled just like one that somebody has`() async throws {
    let world = try await TestWorld.make()
    let door = Door(world: world)
    for _ in 1...5 { #expect(try await door.refusal("nobody@contoso.test") == .wrong) }
    #expect(try await door.refusal("Nobody@contoso.test") == .throttled(until: world.clock.now() + .seconds(2)))
    #expect(try await door.refusal("nobody@contoso.test", kind: .personal) == .wrong)
  }

  @Test(.threat("PWD3")) func `guesses made all at once learn no more than the first few`() async throws {
    let world = try await TestWorld.make { $0.throttle.freeFailuresPerAddress = 1_000 }
    try await world.member(of: try await world.organization())
    let door = Door(world: world)
    let refusals = try await withThrowingTaskGroup(of: SignIn.Refusal?.self) { group in
      for _ in 1...40 { group.addTask { try await door.refusal() } }
      var all: [SignIn.Refusal?] = []
      for try await refusal in group { all.append(refusal) }
      return all
    }
    #expect(refusals.filter { $0 == .wrong }.count == 5)
    #expect(refusals.contains(nil) == false)
    #expect(try await door.refusal("ada@contoso.test", TestWorld.password) != nil)
  }

  @Test(.threat("PWD4")) func `the owner gets in from their own browser while strangers keep the account throttled`() async throws
  {
    let world = try await TestWorld.make()
    try await world.member(of: try await world.organization())
    let owner = Door(
      world: world, network: "198.51.100.7", device: try await Door(world: world, network: "198.51.100.7").signIn().device)
    for number in 1...10 {
      for _ in 1...6 { _ = try await Door(world: world, network: "203.0.113.\(number)").refusal() }
    }
    #expect(try await Door(world: world).refusal("ada@contoso.test", TestWorld.password) != nil)
    #expect(try await owner.refusal("ada@contoso.test", TestWorld.password) == nil)
    // The owner's success did not give the strangers new attempts, and their own browser has a count of its own.
    #expect(try await Door(world: world).refusal("ada@contoso.test", TestWorld.password) != nil)
    for _ in 1...5 { #expect(try await owner.refusal() == .wrong) }
    #expect(try await owner.refusal("ada@contoso.test", TestWorld.password) != nil)
  }

  @Test(.threat("PWD4")) func `a device cookie helps only with the account it was made for`() async throws {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    try await world.member(of: contoso)
    try await world.member(of: contoso, "mallory@contoso.test")
    let mallory = Door(world: world, device: try await Door(world: world).signIn("mallory@contoso.test").device)
    for _ in 1...5 { #expect(try await mallory.refusal() == .wrong) }
    #expect(try await mallory.refusal() != .wrong)
    #expect(try await Door(world: world).refusal("ada@contoso.test", TestWorld.password) != nil)
  }

  @Test(.threat("PWD4")) func `an account knows the fifty browsers that signed in last`() async throws {
    let world = try await TestWorld.make()
    let ada = try await world.member(of: try await world.organization())
    var devices: [SecretDigest] = []
    for _ in 0...KnownDevices.perAccount {
      world.clock.advance(by: .seconds(1))
      devices.append(try await Door(world: world).signIn().device.digest)
    }
    let seen = devices
    let known = try await world.store.read { tx in try seen.map { try tx.knowsDevice($0, of: ada.id) } }
    #expect(KnownDevices.perAccount == 50)
    #expect(known == [false] + Array(repeating: true, count: 50))
  }

  @Test(.threat("PWD5")) func `one password tried against many names is stopped by the address it comes from`() async throws {
    let world = try await TestWorld.make()
    let contoso = try await world.organization()
    for number in 1...3 { try await world.member(of: contoso, "person\(number)@contoso.test") }
    let door = Door(world: world, network: "2001:db8:1:2::1")
    for number in 1...30 { #expect(try await door.refusal("person\(number)@contoso.test") == .wrong) }
    let until = world.clock.now() + .seconds(2)
    for number in 31...60 { #expect(try await door.refusal("person\(number)@contoso.test") == .throttled(until: until)) }
    // Another address of the same subscriber is no way around it; another subscriber is not affected.
    let neighbour = Door(world: world, network: "2001:db8:1:2:ffff::9")
    #expect(try await neighbour.refusal("person1@contoso.test", TestWorld.password) == .throttled(until: until))
    #expect(try await Door(world: world, network: "2001:db8:1:3::1").refusal("person1@contoso.test", TestWorld.password) == nil)
    #expect(try await world.audit(.signInThrottled).map { $0.details?["counted"]?.stringValue } == ["network"])
  }

  @Test func `what a network is blamed for is forgotten little by little`() async throws {
    let world = try await TestWorld.make()
    let door = Door(world: world)
    for round in 0..<4 {
      for number in 1...29 { #expect(try await door.refusal("person\(round)-\(number)@contoso.test") == .wrong) }
      world.clock.advance(by: .minutes(58))
    }
  }

  @Test func `successes count towards no throttle, however many at once`() async throws {
    let world = try await TestWorld.make()
    try await world.member(of: try await world.organization())
    let door = Door(world: world)
    for _ in 1...4 {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 1...15 { group.addTask { _ = try await door.signIn() } }
        try await group.waitForAll()
      }
    }
    #expect(try await world.audit(.signedIn).count == 60)
  }

  @Test func `a count without a new failure for a day starts over`() async throws {
    let world = try await TestWorld.make()
    let door = Door(world: world)
    for _ in 1...4 { #expect(try await door.refusal() == .wrong) }
    world.clock.advance(by: .hours(24))
    for _ in 1...5 { #expect(try await door.refusal() == .wrong) }
    #expect(try await door.refusal() != .wrong)
  }
}
