internal import AccessControl
internal import Foundation
internal import Primitives
internal import TestKit

/// The access engine in process: decisions from names and from numbers, what the policy takes in memory, how long it loads and what a change costs.
///
/// The data sets come from a fixed seed, and every question that is timed is answered by an oracle too, which keeps the policy in dictionaries of
/// strings; its speed is the yardstick.
enum AccessBench {
  private static let questions = 1 << 19
  private static let rounds = 7

  static func run() throws {
    print("| what | a thousand assignments | a hundred thousand | a million | a million against a thousand |")
    print("| --- | --- | --- | --- | --- |")
    let sizes = [100, 10_000, 100_000].map { DataSet(users: $0, assignmentsEach: 10) }
    let measured = try sizes.map(measure)
    func row(_ what: String, _ digits: Int, _ unit: String, isCost: Bool, _ value: (Measured) -> Double) {
      let cells = measured.map { "\(rounded(value($0), digits)) \(unit)" }.joined(separator: " | ")
      let (least, most) = (value(measured[0]), value(measured[2]))
      print("| \(what) | \(cells) | \(isCost ? "" : rounded(least / most, 2)) |")
    }
    row("Decisions a second from three names, one by one", 2, "million", isCost: false, \.byName)
    row("The same, 32 together", 2, "million", isCost: false, \.byNames)
    row("The same, by dictionaries of strings", 2, "million", isCost: false, \.byDictionaries)
    row("Decisions a second from numbers, one by one", 1, "million", isCost: false, \.byNumber)
    row("The same, 32 together", 1, "million", isCost: false, \.byNumbers)
    row("The policy in memory", 1, "MB", isCost: true, \.megabytes)
    row("To load it", 2, "s", isCost: true, \.load)
    row("To change what one user holds", 0, "µs", isCost: true, \.change)
    row("To find the first hundred who may", 0, "µs", isCost: true, \.search)
    row("To read a line of as much memory, one after another", 1, "ns", isCost: true, \.lineAlone)
    row("The same, 32 together", 1, "ns", isCost: true, \.lineTogether)
  }

  private struct Measured {
    var (byName, byNames, byDictionaries, byNumber, byNumbers) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var (megabytes, load, change, search) = (0.0, 0.0, 0.0, 0.0)
    var (lineAlone, lineTogether) = (0.0, 0.0)
  }

  private static func measure(_ data: DataSet) throws -> Measured {
    var measured = Measured()
    var index = PolicyIndex(seededBy: SystemRandomness())
    measured.load = seconds { index = data.index() }
    measured.megabytes = Double(index.bytes) / 1e6
    let view = index.makeView()
    let asked = Asked(data, view, questions)
    guard asked.wrong == 0 else { throw Unusable(what: "\(asked.wrong) of \(questions) answers differ from the oracle's") }

    let runs: [(WritableKeyPath<Measured, Double>, () -> Int)] = [
      (\.byName, { asked.byName(view) }), (\.byNames, { asked.byNames(view) }),
      (\.byDictionaries, { asked.byDictionaries(data) }),
      (\.byNumber, { asked.byNumber(view) }), (\.byNumbers, { asked.byNumbers(view) }),
    ]
    for (rate, run) in runs {
      var rates: [Double] = []
      for _ in 0..<rounds {
        var allowed = 0
        rates.append(Double(questions) / seconds { allowed = run() } / 1e6)
        guard allowed == asked.allowed else { throw Unusable(what: "\(allowed) were allowed, \(asked.allowed) by the oracle") }
      }
      measured[keyPath: rate] = PairedRuns.median(rates)
    }
    let changes = 200
    var kept = view
    measured.change =
      seconds {
        for turn in 0..<changes {
          index.setPrincipal(data.principal(turn * 37 % data.users))
          kept = index.makeView()
        }
      } / Double(changes) * 1e6
    measured.search = try search(data, kept)
    (measured.lineAlone, measured.lineTogether) = try memory(of: index.bytes)
    return measured
  }

  /// What the machine takes to read a line of the cache somewhere in so much memory, in nanoseconds: what no decision can be faster than that finds its
  /// subject there.
  private static func memory(of bytes: Int) throws -> (alone: Double, together: Double) {
    let lines = bytes / 64
    let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: lines * 8)
    defer { memory.deallocate() }
    memory.initialize(repeating: 0, count: lines * 8)
    var random = Dice(3)
    let places = (0..<questions).map { _ in random.below(lines) * 8 }
    var (alone, together): ([Double], [Double]) = ([], [])
    var seen: UInt64 = 0
    for _ in 0..<rounds {
      // Each waits for the one before it: what that read says where to look next.
      alone.append(seconds { for place in places { seen = memory[place + Int(seen)] } })
      together.append(
        seconds {
          for first in stride(from: 0, to: places.count, by: PolicyView.together) {
            var sum: UInt64 = 0
            for place in places[first..<first + PolicyView.together] { sum &+= memory[place + Int(seen)] }
            seen = sum
          }
        })
    }
    guard seen == 0 else { throw Unusable(what: "memory that says something else than was written") }
    func each(_ times: [Double]) -> Double { PairedRuns.median(times) / Double(questions) * 1e9 }
    return (each(alone), each(together))
  }

  private static func search(_ data: DataSet, _ view: PolicyView) throws -> Double {
    let organization = try data.organizationName(of: 0).withBytes { id in
      guard let number = view.organization(id) else { throw Unusable(what: "no organization") }
      return number
    }
    let numbers = data.permissions.compactMap { permission in
      permission.type.withBytes { type in permission.action.withBytes { view.permission(type, $0) } }
    }
    var found = 0
    let taken = seconds {
      for permission in numbers {
        found += "user".withBytes {
          view.subjects(ofType: $0, havingPermission: permission, in: organization, on: nil, at: 0, limit: 100).ids.count
        }
      }
    }
    guard found > 0 else { throw Unusable(what: "no search found anybody") }
    return taken / Double(numbers.count) * 1e6
  }
}

/// A policy from a fixed seed: a thousand roles of 5 to 24 of 500 permissions, and organizations of a hundred users each.
private struct DataSet {
  let users: Int
  let permissions: [(type: String, action: String)]
  private let roles: [[Int]]
  /// For each user the roles they hold, by number.
  private let held: [[Int]]
  private let userNames: [String]
  private let organizationNames: [String]
  private let roleNames: [String]
  /// The same once more, for the oracle.
  private let rolesOfUser: [String: [String: Set<String>]]
  private let permissionsOfRole: [String: Set<String>]

  init(users: Int, assignmentsEach: Int) {
    var random = Dice(42)
    self.users = users
    permissions = (0..<500).map { ("type\($0 / 10)", "action\($0 % 10)") }
    roles = (0..<1_000).map { _ in (0..<5 + random.below(20)).map { _ in random.below(500) } }
    held = (0..<users).map { _ in (0..<assignmentsEach).map { _ in random.below(1_000) } }
    // As long as real ones are.
    func name(_ number: Int, _ start: String) -> String {
      let digits = String(number)
      return start + String(repeating: "0", count: 26 - start.count - digits.count) + digits
    }
    userNames = (0..<users).map { name($0, "01u") }
    organizationNames = (0..<max(1, users / 100)).map { name($0, "01o") }
    roleNames = (0..<1_000).map { name($0, "01r") }
    let (organizations, userNames, roleNames, permissions) = (organizationNames, userNames, roleNames, permissions)
    rolesOfUser = Dictionary(
      uniqueKeysWithValues: held.enumerated().map { user, roles in
        (userNames[user], [organizations[user % organizations.count]: Set(roles.map { roleNames[$0] })])
      })
    permissionsOfRole = Dictionary(
      uniqueKeysWithValues: roles.enumerated().map { role, granted in
        (roleNames[role], Set(granted.map { "\(permissions[$0].type):\(permissions[$0].action)" }))
      })
  }

  func userName(_ user: Int) -> String { userNames[user] }
  func organizationName(of user: Int) -> String { organizationNames[user % organizationNames.count] }

  func principal(_ user: Int) -> IndexedPrincipal {
    let organization = organizationName(of: user)
    return IndexedPrincipal(
      type: "user", id: userNames[user], organization: nil, isActive: true,
      memberships: [.init(organization: organization, isActive: true)],
      assignments: held[user].map { role in .init(role: roleNames[role], organization: organization) })
  }

  func index() -> PolicyIndex {
    var index = PolicyIndex(seededBy: SystemRandomness())
    for organization in organizationNames { index.setOrganization(organization, kind: 1, isOpen: true) }
    for permission in permissions { index.setPermission(permission.type, permission.action, kinds: [1], includedIn: [1]) }
    for (role, granted) in roles.enumerated() {
      index.setRole(roleNames[role], owner: nil, kinds: [1], granted: granted.map { permissions[$0] })
    }
    index.beginLoading()
    for user in 0..<users { index.setPrincipal(principal(user)) }
    index.endLoading()
    return index
  }

  /// The oracle.
  func allows(_ user: String, _ organization: String, _ permission: String) -> Bool {
    guard let roles = rolesOfUser[user]?[organization] else { return false }
    return roles.contains { permissionsOfRole[$0]?.contains(permission) ?? false }
  }
}

/// The questions of a run, as names that stand behind each other in memory like those of requests, and as numbers.
private struct Asked {
  private var names: [UInt8] = []
  private var places: [(user: Range<Int>, organization: Range<Int>, type: Range<Int>, action: Range<Int>)] = []
  private var strings: [(user: String, organization: String, permission: String)] = []
  private var numbers: [PolicyView.NumberedQuestion] = []
  private(set) var allowed = 0
  private(set) var wrong = 0

  init(_ data: DataSet, _ view: PolicyView, _ count: Int) {
    var random = Dice(7)
    for _ in 0..<count {
      let (user, permission) = (random.below(data.users), data.permissions[random.below(data.permissions.count)])
      let (name, organization) = (data.userName(user), data.organizationName(of: user))
      places.append((put(name), put(organization), put(permission.type), put(permission.action)))
      strings.append((name, organization, "\(permission.type):\(permission.action)"))
      let number = name.withBytes { id in "user".withBytes { view.principal($0, id) } } ?? .max
      let numbered = PolicyView.NumberedQuestion(
        principal: number,
        permission: permission.type.withBytes { type in permission.action.withBytes { view.permission(type, $0) } } ?? .max,
        organization: organization.withBytes { view.organization($0) } ?? .max)
      numbers.append(numbered)
      let expected = data.allows(name, organization, "\(permission.type):\(permission.action)")
      let verdict = view.decide(numbered.principal, numbered.permission, in: numbered.organization, on: nil, at: 0)
      allowed += expected ? 1 : 0
      wrong += verdict.isAllowed == expected ? 0 : 1
    }
  }

  private mutating func put(_ name: String) -> Range<Int> {
    let start = names.count
    names.append(contentsOf: name.utf8)
    return start..<names.count
  }

  func byName(_ view: PolicyView) -> Int {
    var allowed = 0
    names.withUnsafeBytes { names in
      "user".withBytes { type in
        for place in places {
          func name(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: names[range]) }
          guard let principal = view.principal(type, name(place.user)),
            let organization = view.organization(name(place.organization)),
            let permission = view.permission(name(place.type), name(place.action))
          else { continue }
          if view.decide(principal, permission, in: organization, on: nil, at: 0).isAllowed { allowed += 1 }
        }
      }
    }
    return allowed
  }

  func byNames(_ view: PolicyView) -> Int {
    let together = PolicyView.together
    var allowed = 0
    names.withUnsafeBytes { names in
      "user".withBytes { type in
        func name(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: names[range]) }
        var subjects: [NameKey] = []
        var found = [UInt32](repeating: 0, count: together)
        var questions: [PolicyView.NumberedQuestion] = []
        for first in stride(from: 0, to: places.count, by: together) {
          let asked = places[first..<min(first + together, places.count)]
          subjects.removeAll(keepingCapacity: true)
          for place in asked { subjects.append(.init(type: type, id: name(place.user))) }
          subjects.withUnsafeBufferPointer { subjects in
            found.withUnsafeMutableBufferPointer { found in
              if let found = found.baseAddress { view.principals(subjects, into: found) }
            }
          }
          questions.removeAll(keepingCapacity: true)
          for (turn, place) in asked.enumerated() {
            questions.append(
              .init(
                principal: found[turn], permission: view.permission(name(place.type), name(place.action)) ?? .max,
                organization: view.organization(name(place.organization)) ?? .max))
          }
          questions.withUnsafeBufferPointer { view.decide($0, at: 0) { _, verdict in allowed += verdict.isAllowed ? 1 : 0 } }
        }
      }
    }
    return allowed
  }

  func byDictionaries(_ data: DataSet) -> Int {
    strings.reduce(0) { $0 + (data.allows($1.user, $1.organization, $1.permission) ? 1 : 0) }
  }

  func byNumber(_ view: PolicyView) -> Int {
    var allowed = 0
    for question in numbers {
      if view.decide(question.principal, question.permission, in: question.organization, on: nil, at: 0).isAllowed {
        allowed += 1
      }
    }
    return allowed
  }

  func byNumbers(_ view: PolicyView) -> Int {
    var allowed = 0
    numbers.withUnsafeBufferPointer { view.decide($0, at: 0) { _, verdict in allowed += verdict.isAllowed ? 1 : 0 } }
    return allowed
  }
}

extension String {
  fileprivate func withBytes<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
    var copy = self
    return try copy.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
  }
}
