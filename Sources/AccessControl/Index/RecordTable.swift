/// Records by number, in pages. A copy of the table shares all pages with it; a change copies one page of them, however many there are.
///
/// A record is raw memory of any length that begins with a line of the cache. Numbers are given out from zero, and given out again after `remove`.
struct RecordTable: Sendable {
  /// Up to 256 records and the memory they stand in.
  ///
  /// `@unchecked Sendable`: whoever changes a page has made sure that nobody else holds it (`isKnownUniquelyReferenced`).
  final class Page: @unchecked Sendable {
    static let size = 256
    static let line = 64

    /// First where each record begins, in lines from here, 0 for none; then the records.
    fileprivate(set) var base: UnsafeMutableRawPointer
    private var capacity: Int
    private var used: Int
    /// How much of what is used belongs to no record any more.
    private var wasted = 0

    fileprivate init(capacity: Int = 4_096) {
      self.capacity = capacity
      used = Self.size * 4
      base = .allocate(byteCount: capacity, alignment: Self.line)
      base.initializeMemory(as: UInt8.self, repeating: 0, count: used)
    }

    deinit { base.deallocate() }

    @inline(__always)
    private func place(of slot: Int) -> UInt32 { base.load(fromByteOffset: slot * 4, as: UInt32.self) }

    fileprivate func record(_ slot: Int) -> UnsafeMutableRawPointer? {
      let place = Int(place(of: slot))
      return place == 0 ? nil : base + place * Self.line
    }

    /// The same records in memory of their own, without what was wasted.
    fileprivate func copy(roomFor more: Int, _ length: (UnsafeRawPointer) -> Int) -> Page {
      let copy = Page(capacity: max(4_096, used - wasted + more + Self.size * (4 + Self.line)))
      for slot in 0..<Self.size {
        guard let record = record(slot) else { continue }
        copy.write(UnsafeRawBufferPointer(start: record, count: length(record)), to: slot, replacing: 0)
      }
      return copy
    }

    fileprivate func hasRoom(for count: Int) -> Bool { used + count + Self.line <= capacity }
    fileprivate var isHalfWasted: Bool { wasted * 2 > capacity }

    /// INVARIANT: there is room.
    fileprivate func write(_ bytes: UnsafeRawBufferPointer, to slot: Int, replacing old: Int) {
      let place = (used + Self.line - 1) & ~(Self.line - 1)
      (base + place).copyMemory(from: bytes.baseAddress ?? UnsafeRawPointer(base), byteCount: bytes.count)
      base.storeBytes(of: UInt32(place / Self.line), toByteOffset: slot * 4, as: UInt32.self)
      used = place + bytes.count
      wasted += old
    }

    fileprivate func clear(_ slot: Int, of old: Int) {
      base.storeBytes(of: 0, toByteOffset: slot * 4, as: UInt32.self)
      wasted += old
    }

    fileprivate var bytes: Int { capacity }
  }

  private(set) var pages: ContiguousArray<Page> = []
  private var free: [UInt32] = []
  /// One more than the largest number ever given out.
  private(set) var end: UInt32 = 0
  /// How long a record is, told by itself.
  private let length: @Sendable (UnsafeRawPointer) -> Int

  init(length: @escaping @Sendable (UnsafeRawPointer) -> Int) { self.length = length }

  var count: Int { Int(end) - free.count }
  var bytes: Int { pages.reduce(0) { $0 + $1.bytes } }

  /// A number that names no record yet.
  mutating func makeNumber() -> UInt32 {
    if let number = free.popLast() { return number }
    end += 1
    if Int(end) > pages.count * Page.size { pages.append(Page()) }
    return end - 1
  }

  mutating func set(_ number: UInt32, to bytes: UnsafeRawBufferPointer) {
    let (index, slot) = (Int(number) / Page.size, Int(number) % Page.size)
    let old = pages[index].record(slot).map { length($0) } ?? 0
    if !isKnownUniquelyReferenced(&pages[index]) || !pages[index].hasRoom(for: bytes.count) || pages[index].isHalfWasted {
      // A page that grows on its own doubles; one that is copied for a reader stays as tight as it is.
      let grows = isKnownUniquelyReferenced(&pages[index])
      pages[index] = pages[index].copy(roomFor: grows ? pages[index].bytes + bytes.count : bytes.count + 64, length)
    }
    pages[index].write(bytes, to: slot, replacing: old)
  }

  mutating func remove(_ number: UInt32) {
    let (index, slot) = (Int(number) / Page.size, Int(number) % Page.size)
    guard let record = pages[index].record(slot) else { return }
    let old = length(record)
    if !isKnownUniquelyReferenced(&pages[index]) { pages[index] = pages[index].copy(roomFor: 0, length) }
    pages[index].clear(slot, of: old)
    free.append(number)
  }

  subscript(_ number: UInt32) -> UnsafeRawPointer? {
    guard number < end else { return nil }
    return pages[Int(number) / Page.size].record(Int(number) % Page.size).map { UnsafeRawPointer($0) }
  }

  /// What a reader needs, without the pages' counts of references.
  func makeView() -> UnsafeMutablePointer<UnsafeRawPointer> {
    let view = UnsafeMutablePointer<UnsafeRawPointer>.allocate(capacity: max(pages.count, 1))
    for (index, page) in pages.enumerated() { (view + index).initialize(to: UnsafeRawPointer(page.base)) }
    return view
  }

  /// The record of a number below `end`, by the table's view; nil where none stands there.
  @inline(__always)
  static func record(_ number: UInt32, in view: UnsafePointer<UnsafeRawPointer>) -> UnsafeRawPointer? {
    let base = view[Int(number / UInt32(Page.size))]
    let place = base.load(fromByteOffset: Int(number % UInt32(Page.size)) * 4, as: UInt32.self)
    return place == 0 ? nil : base + Int(place) * Page.line
  }
}
