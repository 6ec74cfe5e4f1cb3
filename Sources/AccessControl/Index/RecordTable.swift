/// Records by number, in pages. A copy of the table shares all pages with it; a change copies one page of them, however many there are.
///
/// A record is raw memory that begins with its own length in bytes, a `UInt32` of at least 1 and less than 2³¹. Numbers are given out from zero, and given
/// out again after `remove`.
struct RecordTable: Sendable {
  /// 256 slots of as many lines of the cache as suit its records, and behind them what does not fit into its slot.
  ///
  /// So where a record stands follows from its number: who asks for it waits for memory once.
  ///
  /// `@unchecked Sendable`: whoever changes a page has made sure that nobody else holds it (`isKnownUniquelyReferenced`).
  final class Page: @unchecked Sendable {
    static let size = 256
    static let line = 64
    /// A record of more lines stands behind the slots, so that one long record makes no slot of others larger.
    private static let widest = 4
    /// In the first word of a slot: the record stands elsewhere, as many lines behind the page's beginning as the other bits say.
    fileprivate static let elsewhere: UInt32 = 1 << 31

    fileprivate let base: UnsafeMutableRawPointer
    /// How many lines a slot has.
    fileprivate let width: Int
    /// In lines.
    private let capacity: Int
    /// In lines, with those that belong to no record any more.
    private var used: Int

    /// - Parameter room: for what does not fit into slots, in lines. At least one, so that whoever asks ahead for two lines of a slot stays inside.
    private init(width: Int, room: Int) {
      self.width = width
      used = Self.size * width
      capacity = used + max(room, 1)
      base = .allocate(byteCount: capacity * Self.line, alignment: Self.line)
    }

    /// An empty page, whose first record will take so many bytes.
    fileprivate convenience init(forRecordsOf count: Int) {
      self.init(width: min(Self.lines(count), Self.widest), room: Self.size / 16)
      for slot in 0..<Self.size { clear(slot) }
    }

    deinit { base.deallocate() }

    private static func lines(_ count: Int) -> Int { (count + line - 1) / line }

    fileprivate subscript(_ slot: Int) -> UnsafeRawPointer? { RecordTable.record(slot, in: UnsafeRawPointer(base), width) }

    private func lines(of slot: Int) -> Int { self[slot].map { Self.lines(Int($0.load(as: UInt32.self))) } ?? 0 }

    /// The same bytes in memory of their own.
    ///
    /// - Parameter more: for how many further lines behind the slots there is room.
    fileprivate func copy(roomFor more: Int) -> Page {
      let copy = Page(width: width, room: behindSlots + more)
      copy.base.copyMemory(from: base, byteCount: used * Self.line)
      copy.used = used
      return copy
    }

    /// The same records put in order: slots of the width that suits them, and nothing wasted.
    fileprivate func tidied(roomFor more: Int) -> Page {
      let lengths = (0..<Self.size).map { lines(of: $0) }
      let width = Self.width(for: lengths)
      let tidied = Page(width: width, room: lengths.reduce(0) { $0 + ($1 > width ? $1 : 0) } + more)
      for slot in 0..<Self.size {
        tidied.clear(slot)
        guard let record = self[slot] else { continue }
        tidied.write(UnsafeRawBufferPointer(start: record, count: Int(record.load(as: UInt32.self))), to: slot)
      }
      return tidied
    }

    /// The width of slots with which a full page of such records takes least memory.
    private static func width(for lengths: [Int]) -> Int {
      let present = lengths.filter { $0 > 0 }
      func cost(_ width: Int) -> Int { present.reduce(0) { $0 + width + ($1 > width ? $1 : 0) } }
      return (1...widest).min { cost($0) < cost($1) } ?? 1
    }

    private func fits(_ count: Int) -> Bool { Self.lines(count) <= width }
    fileprivate func hasRoom(for count: Int) -> Bool { fits(count) || used + Self.lines(count) <= capacity }
    fileprivate var behindSlots: Int { used - Self.size * width }
    /// Whether so much stands behind the slots, or stood there, that other slots may suit the records better.
    fileprivate var isUntidy: Bool { behindSlots > Self.size * width / 4 }
    /// Whether narrower slots would do: a page begins with those that its first record wants.
    fileprivate var isTooWide: Bool { width > 1 && Self.width(for: (0..<Self.size).map { lines(of: $0) }) < width }

    /// INVARIANT: there is room.
    fileprivate func write(_ bytes: UnsafeRawBufferPointer, to slot: Int) {
      guard let start = bytes.baseAddress else { return }
      let place = base + slot * width * Self.line
      if fits(bytes.count) {
        place.copyMemory(from: start, byteCount: bytes.count)
      } else {
        (base + used * Self.line).copyMemory(from: start, byteCount: bytes.count)
        place.storeBytes(of: Self.elsewhere | UInt32(used), as: UInt32.self)
        used += Self.lines(bytes.count)
      }
    }

    fileprivate func clear(_ slot: Int) { base.storeBytes(of: 0, toByteOffset: slot * width * Self.line, as: UInt32.self) }

    fileprivate var bytes: Int { capacity * Self.line }
  }

  private(set) var pages: ContiguousArray<Page> = []
  private var free: [UInt32] = []
  /// One more than the largest number ever given out.
  private(set) var end: UInt32 = 0

  var count: Int { Int(end) - free.count }
  var bytes: Int { pages.reduce(0) { $0 + $1.bytes } }

  /// A number that names no record yet; the next thing done with it is `set`.
  mutating func makeNumber() -> UInt32 {
    if let number = free.popLast() { return number }
    end += 1
    return end - 1
  }

  mutating func set(_ number: UInt32, to bytes: UnsafeRawBufferPointer) {
    let (index, slot) = (Int(number) / Page.size, Int(number) % Page.size)
    if index == pages.count { pages.append(Page(forRecordsOf: bytes.count)) }
    let isShared = !isKnownUniquelyReferenced(&pages[index])
    if isShared || !pages[index].hasRoom(for: bytes.count) {
      // One that is copied for a reader stays tight; one that grows on its own gets room for more of the kind.
      let room = bytes.count / Page.line + 1 + (isShared ? 0 : pages[index].behindSlots + Page.size / 16)
      pages[index] = pages[index].isUntidy ? pages[index].tidied(roomFor: room) : pages[index].copy(roomFor: room)
    }
    pages[index].write(bytes, to: slot)
    // A page just filled is looked at once.
    if number + 1 == end, slot == Page.size - 1, pages[index].isTooWide {
      pages[index] = pages[index].tidied(roomFor: Page.size / 16)
    }
  }

  mutating func remove(_ number: UInt32) {
    let (index, slot) = (Int(number) / Page.size, Int(number) % Page.size)
    guard pages[index][slot] != nil else { return }
    if !isKnownUniquelyReferenced(&pages[index]) { pages[index] = pages[index].copy(roomFor: 0) }
    pages[index].clear(slot)
    free.append(number)
  }

  subscript(_ number: UInt32) -> UnsafeRawPointer? {
    guard number < end else { return nil }
    return pages[Int(number) / Page.size][Int(number) % Page.size]
  }

  // MARK: for readers

  /// A page as a reader needs it, without its count of references.
  struct PageView {
    fileprivate let base: UnsafeRawPointer
    fileprivate let width: Int
  }

  func makeView() -> UnsafeMutablePointer<PageView> {
    let view = UnsafeMutablePointer<PageView>.allocate(capacity: max(pages.count, 1))
    for (index, page) in pages.enumerated() {
      (view + index).initialize(to: PageView(base: UnsafeRawPointer(page.base), width: page.width))
    }
    return view
  }

  /// The record of a number below `end`, by the table's view; nil where none stands there.
  @inline(__always)
  static func record(_ number: UInt32, in view: UnsafePointer<PageView>) -> UnsafeRawPointer? {
    let page = view[Int(number / UInt32(Page.size))]
    return record(Int(number % UInt32(Page.size)), in: page.base, page.width)
  }

  /// Reads something of each of the first two lines where the record of a number below `end` stands, if there is one and it is not a long one.
  @inline(__always)
  static func touch(_ number: UInt32, in view: UnsafePointer<PageView>) -> UInt64 {
    let page = view[Int(number / UInt32(Page.size))]
    let slot = page.base + Int(number % UInt32(Page.size)) * page.width * Page.line
    return slot.load(as: UInt64.self) &+ slot.load(fromByteOffset: Page.line, as: UInt64.self)
  }

  @inline(__always)
  private static func record(_ slot: Int, in base: UnsafeRawPointer, _ width: Int) -> UnsafeRawPointer? {
    let place = base + slot * width * Page.line
    let first = place.load(as: UInt32.self)
    guard first & Page.elsewhere == 0 else { return base + Int(first & ~Page.elsewhere) * Page.line }
    return first == 0 ? nil : place
  }
}
