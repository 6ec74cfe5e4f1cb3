internal import Glibc
internal import Synchronization

/// Things with a name: found by it, kept by number, each with memory of its own. A value: a copy shares everything that neither changes.
///
/// The record of a thing: how long the two parts of its name are and in which space it counts; what every decision reads of it; its name; and, from the
/// next eighth byte on, what only some read. So who looks a thing up by its name and reads it seldom waits for more than two lines of memory.
struct Registry: Sendable {
  /// What stands at the beginning of each record.
  struct Header {
    /// Of the whole record, in bytes.
    let length: UInt32
    let space: UInt32
    let typeLength: UInt16
    let idLength: UInt16
    /// Where the name begins, from the beginning of the record.
    let name: UInt32
  }

  private(set) var records = RecordTable()
  private(set) var names = NameTable()
  private let hash: SeededHash

  init(hash: SeededHash) { self.hash = hash }

  var count: Int { records.count }
  var bytes: Int { records.bytes + names.bytes }

  func number(of key: NameKey) -> UInt32? {
    names.find(hash(key)) { number in records[number].map { Self.isNamed(key, $0) } ?? false }
  }

  subscript(_ number: UInt32) -> UnsafeRawPointer? { records[number] }

  /// Gives what the name holds, and makes the thing where there is none.
  @discardableResult
  mutating func set(_ key: NameKey, to payload: [UInt8], besides rest: [UInt8] = []) -> UInt32 {
    let number = number(of: key) ?? add(key)
    Self.withRecord(key, payload, rest) { records.set(number, to: $0) }
    return number
  }

  /// The number of a name, made where there is none yet; a new thing holds `payload`.
  mutating func intern(_ key: NameKey, as payload: [UInt8]) -> UInt32 { number(of: key) ?? set(key, to: payload) }

  /// Leaves a name its number and takes what it holds.
  mutating func forget(_ key: NameKey, as payload: [UInt8]) {
    if number(of: key) != nil { set(key, to: payload) }
  }

  private mutating func add(_ key: NameKey) -> UInt32 {
    let number = records.makeNumber()
    let (records, hash) = (records, hash)
    names.insert(hash(key), number) { other in records[other].map { hash(Self.name(of: $0)) } ?? 0 }
    return number
  }

  mutating func remove(_ key: NameKey) {
    guard let number = number(of: key) else { return }
    names.remove(hash(key), number)
    records.remove(number)
  }

  private static func withRecord(
    _ key: NameKey, _ payload: [UInt8], _ rest: [UInt8], _ body: (UnsafeRawBufferPointer) -> Void
  ) {
    let name = MemoryLayout<Header>.stride + payload.count
    let restStart = rest.isEmpty ? name + key.type.count + key.id.count : (name + key.type.count + key.id.count + 7) & ~7
    withUnsafeTemporaryAllocation(byteCount: restStart + rest.count, alignment: 8) { memory in
      guard let base = memory.baseAddress else { return }
      base.storeBytes(
        of: Header(
          length: UInt32(memory.count), space: key.space, typeLength: UInt16(key.type.count), idLength: UInt16(key.id.count),
          name: UInt32(name)), as: Header.self)
      func put(_ bytes: UnsafeRawBufferPointer, at place: Int) {
        if let start = bytes.baseAddress { (base + place).copyMemory(from: start, byteCount: bytes.count) }
      }
      payload.withUnsafeBytes { put($0, at: MemoryLayout<Header>.stride) }
      put(key.type, at: name)
      put(key.id, at: name + key.type.count)
      rest.withUnsafeBytes { put($0, at: restStart) }
      body(UnsafeRawBufferPointer(memory))
    }
  }

  // MARK: reading a record

  @inline(__always)
  static func payload(of record: UnsafeRawPointer) -> UnsafeRawPointer { record + MemoryLayout<Header>.stride }

  /// What only some read.
  @inline(__always)
  static func rest(ofPayload payload: UnsafeRawPointer) -> UnsafeRawPointer {
    let record = payload - MemoryLayout<Header>.stride
    let header = record.load(as: Header.self)
    return record + (Int(header.name) + Int(header.typeLength) + Int(header.idLength) + 7) & ~7
  }

  static func name(of record: UnsafeRawPointer) -> NameKey {
    let header = record.load(as: Header.self)
    let type = record + Int(header.name)
    return NameKey(
      space: header.space, type: UnsafeRawBufferPointer(start: type, count: Int(header.typeLength)),
      id: UnsafeRawBufferPointer(start: type + Int(header.typeLength), count: Int(header.idLength)))
  }

  @inline(__always)
  static func isNamed(_ key: NameKey, _ record: UnsafeRawPointer) -> Bool {
    let header = record.load(as: Header.self)
    guard header.space == key.space, Int(header.typeLength) == key.type.count, Int(header.idLength) == key.id.count else {
      return false
    }
    let type = record + Int(header.name)
    return same(type, key.type) && same(type + key.type.count, key.id)
  }

  @inline(__always)
  private static func same(_ stored: UnsafeRawPointer, _ name: UnsafeRawBufferPointer) -> Bool {
    guard let start = name.baseAddress else { return true }
    return memcmp(stored, start, name.count) == 0
  }
}

/// A registry as a reader sees it: raw tables over pages that its owner keeps alive.
struct RegistryView {
  private let records: UnsafeMutablePointer<RecordTable.PageView>
  private let names: UnsafeMutablePointer<UnsafePointer<UInt64>>
  private let depth: Int
  private let end: UInt32
  private let hash: SeededHash

  init(_ registry: Registry, hash: SeededHash) {
    records = registry.records.makeView()
    names = registry.names.makeView()
    depth = registry.names.depth
    end = registry.records.end
    self.hash = hash
  }

  func deallocate() {
    records.deallocate()
    names.deallocate()
  }

  @inline(__always)
  func number(of key: NameKey) -> UInt32? { number(of: key, hashed: hash(key)) }

  @inline(__always)
  private func number(of key: NameKey, hashed hash: UInt64) -> UInt32? {
    NameTable.find(hash, in: names, depth: depth) { isNamed(key, $0) }
  }

  @inline(__always)
  private func isNamed(_ key: NameKey, _ number: UInt32) -> Bool {
    number < end && RecordTable.record(number, in: records).map { Registry.isNamed(key, $0) } ?? false
  }

  /// What the thing of that number holds; nil where there is none.
  @inline(__always)
  subscript(_ number: UInt32) -> UnsafeRawPointer? {
    guard number < end else { return nil }
    return RecordTable.record(number, in: records).map { Registry.payload(of: $0) }
  }

  func name(of number: UInt32) -> NameKey? {
    guard number < end else { return nil }
    return RecordTable.record(number, in: records).map { Registry.name(of: $0) }
  }

  // MARK: many at once

  /// Looks many names up together. What one look-up waits for in memory another asks for meanwhile: for many names that is several times as fast.
  ///
  /// - Parameter numbers: gets for each key its number, `UInt32.max` where there is none. As many as keys.
  func numbers(of keys: UnsafeBufferPointer<NameKey>, into numbers: UnsafeMutablePointer<UInt32>) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: keys.count) { memory in
      guard let hashes = memory.baseAddress else { return }
      for (index, key) in keys.enumerated() { hashes[index] = hash(key) }
      var seen: UInt64 = 0
      for index in keys.indices { seen &+= NameTable.touch(hashes[index], in: names, depth: depth) }
      Sink.only.value.store(seen, ordering: .relaxed)
      for index in keys.indices { numbers[index] = NameTable.guess(hashes[index], in: names, depth: depth) }
      touch(numbers, keys.count)
      for (index, key) in keys.enumerated() where !isNamed(key, numbers[index]) {
        numbers[index] = number(of: key, hashed: hashes[index]) ?? .max
      }
    }
  }

  /// Asks for the records of these numbers, so that they are at hand a moment later.
  @inline(__always)
  func touch(_ numbers: UnsafePointer<UInt32>, _ count: Int) {
    var seen: UInt64 = 0
    for index in 0..<count where numbers[index] < end { seen &+= RecordTable.touch(numbers[index], in: records) }
    Sink.only.value.store(seen, ordering: .relaxed)
  }
}

/// Where what was only touched is written, so that no touch is left out for being used for nothing.
private final class Sink: Sendable {
  static let only = Sink()
  let value = Atomic<UInt64>(0)
}
