import TestKit
import Testing

@testable import AccessControl

/// The pages the policy is kept in, against the collections of the standard library.
@Suite struct PagesOfThePolicy {
  @Test func `an ordered set holds what was put in and not taken out, and gives it in order from any point`() {
    var dice = Dice(1)
    var set = PairSet()
    var model: Set<[UInt64]> = []
    for _ in 0..<20_000 {
      let (key, member) = (UInt64(dice.below(7)), UInt64(dice.below(900)))
      if dice.happens(oneIn: 3) {
        set.remove(key, member)
        model.remove([key, member])
      } else {
        #expect(set.insert(key, member) == model.insert([key, member]).inserted)
      }
    }
    #expect(set.count == model.count)
    for key in 0..<7 as Range<UInt64> {
      for first in [0, 1, 450, 899, 900] as [UInt64] {
        var found: [UInt64] = []
        set.forEach(key, from: first) { member in
          found.append(member)
          return true
        }
        #expect(found == model.filter { $0[0] == key && $0[1] >= first }.map { $0[1] }.sorted())
      }
    }
  }

  @Test func `a copy of an ordered set sees nothing of later changes`() {
    var set = PairSet()
    for member in 0..<2_000 as Range<UInt64> { set.insert(1, member) }
    let copy = set
    for member in 0..<2_000 as Range<UInt64> where member % 2 == 0 { set.remove(1, member) }
    set.insert(1, 5_000)
    #expect((copy.count, set.count) == (2_000, 1_001))
    #expect(copy.contains(1, 0) && !copy.contains(1, 5_000))
    #expect(!set.contains(1, 0) && set.contains(1, 5_000))
  }

  @Test func `what is registered is found by its name and by its number, and what was removed is not`() {
    var dice = Dice(2)
    var registry = Registry(hash: SeededHash(seed: (3, 5)))
    var model: [String: [UInt8]] = [:]
    for _ in 0..<20_000 {
      let name = "name-\(dice.below(3_000))"
      if dice.happens(oneIn: 3) {
        named(name) { registry.remove($0) }
        model[name] = nil
      } else {
        let payload = [UInt8](repeating: UInt8(dice.below(256)), count: dice.below(200))
        named(name) { _ = registry.set($0, to: payload) }
        model[name] = payload
      }
    }
    #expect(registry.count == model.count)
    for index in 0..<3_000 {
      let name = "name-\(index)"
      #expect(payload(of: name, in: registry, model[name]?.count ?? 0) == model[name])
    }
  }

  @Test func `a record of any length keeps its bytes, in the table and in every copy of it`() throws {
    var dice = Dice(4)
    var table = RecordTable()
    var model: [UInt32: [UInt8]] = [:]
    var copies: [(RecordTable, [UInt32: [UInt8]])] = []
    // Short ones first, then longer ones, so that slots have to change their width; now and then one of many lines.
    for turn in 0..<6_000 {
      let longest = dice.happens(oneIn: 40) ? 5_000 : 40 + turn / 15
      let bytes = record(of: 4 + dice.below(longest), UInt8(dice.below(256)))
      if dice.happens(oneIn: 4), let gone = model.keys.min() {
        table.remove(gone)
        model[gone] = nil
      }
      let number = dice.happens(oneIn: 2) ? UInt32(dice.below(600)) : .max
      let place = model[number] != nil ? number : table.makeNumber()
      bytes.withUnsafeBytes { table.set(place, to: $0) }
      model[place] = bytes
      if dice.happens(oneIn: 150) { copies.append((table, model)) }
    }
    copies.append((table, model))
    for (table, model) in copies {
      #expect(table.count == model.count)
      for number in 0..<table.end {
        let found = table[number].map { Array(UnsafeRawBufferPointer(start: $0, count: Int($0.load(as: UInt32.self)))) }
        try #require(found == model[number])
      }
    }
  }

  @Test func `one long record makes the slots of the others no wider`() {
    func bytes(longest: Int) -> Int {
      var table = RecordTable()
      for turn in 0..<1_024 {
        let number = table.makeNumber()
        record(of: turn == 700 ? longest : 60, 1).withUnsafeBytes { table.set(number, to: $0) }
      }
      return table.bytes
    }
    #expect(bytes(longest: 64_000) < bytes(longest: 60) + 3 * 64_000)
  }

  @Test func `the first record of a page does not say for good how wide the slots of the others are`() {
    func bytes(first: Int) -> Int {
      var table = RecordTable()
      for turn in 0..<1_024 {
        let number = table.makeNumber()
        record(of: turn % 256 == 0 ? first : 60, 1).withUnsafeBytes { table.set(number, to: $0) }
      }
      return table.bytes
    }
    #expect(bytes(first: 250) < bytes(first: 60) * 5 / 4)
  }

  private func record(of count: Int, _ filling: UInt8) -> [UInt8] {
    withUnsafeBytes(of: UInt32(count)) { Array($0) } + [UInt8](repeating: filling, count: count - 4)
  }

  @Test func `a copy of a registry sees nothing of later changes`() {
    var registry = Registry(hash: SeededHash(seed: (3, 5)))
    for index in 0..<1_000 { named("name-\(index)") { _ = registry.set($0, to: [1]) } }
    let copy = registry
    for index in 0..<1_000 { named("name-\(index)") { _ = registry.set($0, to: [2]) } }
    named("name-7") { registry.remove($0) }
    named("another") { _ = registry.set($0, to: [3]) }
    #expect(payload(of: "name-7", in: copy, 1) == [1] && payload(of: "another", in: copy, 1) == nil)
    #expect(payload(of: "name-7", in: registry, 1) == nil && payload(of: "name-8", in: registry, 1) == [2])
  }

  @Test func `two names in different spaces or cut differently are two names`() {
    var registry = Registry(hash: SeededHash(seed: (3, 5)))
    let names: [(space: UInt32, type: String, id: String)] = [
      (0, "ab", "c"), (0, "a", "bc"), (1, "ab", "c"), (0, "", "abc"), (0, "abc", ""),
    ]
    for (number, name) in names.enumerated() {
      named(name.id, name.type, name.space) { _ = registry.set($0, to: [UInt8(number)]) }
    }
    for (number, name) in names.enumerated() {
      #expect(payload(of: name.id, name.type, name.space, in: registry, 1) == [UInt8(number)])
    }
  }

  @Test func `a role gives exactly what it was last set to, and no other role gives it instead`() {
    var dice = Dice(3)
    var matrix = RoleMatrix()
    var model: [UInt32: Set<UInt32>] = [:]
    for _ in 0..<3_000 {
      let role = UInt32(dice.below(1_500))
      model[role] = Set((0..<dice.below(6)).map { _ in UInt32(dice.below(300)) })
      matrix.set(role, to: model[role] ?? [])
    }
    for permission in 0..<300 as Range<UInt32> {
      #expect(Set(matrix.roles(giving: permission)) == Set(model.filter { $0.value.contains(permission) }.keys))
    }
  }

  private func named<Value>(_ id: String, _ type: String = "", _ space: UInt32 = 0, _ body: (NameKey) -> Value) -> Value {
    Array(type.utf8).withUnsafeBytes { type in
      Array(id.utf8).withUnsafeBytes { id in body(NameKey(space: space, type: type, id: id)) }
    }
  }

  private func payload(
    _ ignored: Void = (), of id: String, _ type: String = "", _ space: UInt32 = 0, in registry: Registry, _ count: Int
  )
    -> [UInt8]?
  {
    guard let record = named(id, type, space, { registry.number(of: $0) }).flatMap({ registry[$0] }) else { return nil }
    return Array(UnsafeRawBufferPointer(start: Registry.payload(of: record), count: count))
  }
}

@Suite struct HashingNames {
  @Test func `names that are alike have different hashes, whatever the seed`() {
    // Of one letter, and of letters of which each differs from the next in its last bit, where a length could make up for a letter.
    let ids = ["a", "ab", "ba", "23"].flatMap { pattern in
      (1...40).map { String(String(repeating: pattern, count: 40).prefix($0)) }
    }
    let mixed = (1...40).flatMap { length in
      (0..<8).map { String(UnicodeScalar(UInt8(ascii: "3") ^ $0)) + String(repeating: "3", count: length) }
    }
    let names = Set(ids + mixed)
    let random = CountedRandomness()
    for _ in 0..<10 {
      let hash = SeededHash(seededBy: random)
      let hashes = names.map { self.hash("device", $0, by: hash) }
      #expect(Set(hashes).count == names.count)
    }
  }

  @Test func `types that are alike have different hashes in organizations whose numbers are alike`() {
    let random = CountedRandomness()
    for _ in 0..<10 {
      let hash = SeededHash(seededBy: random)
      let hashes = ["robot", "sobot", "robots", "pobot"].flatMap { type in
        (0..<8 as Range<UInt32>).map { self.hash(type, "1", of: $0, by: hash) }
      }
      #expect(Set(hashes).count == hashes.count)
    }
  }

  private func hash(_ type: String, _ id: String, of organization: UInt32? = nil, by hash: SeededHash) -> UInt64 {
    Array(type.utf8).withUnsafeBytes { type in
      Array(id.utf8).withUnsafeBytes { hash(NameKey(type: type, id: $0, of: organization)) }
    }
  }
}
