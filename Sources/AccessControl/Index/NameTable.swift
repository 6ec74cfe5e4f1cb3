/// From the hash of a name to the number of what bears it: extendible hashing. A copy shares all pages; a change copies one page of 512 places, and a
/// page that gets full is split alone, so nothing is ever hashed anew as a whole.
///
/// Whoever looks something up compares the name itself: two names may have one hash.
struct NameTable: Sendable {
  // One place is the hash's lower half above a number.

  /// `@unchecked Sendable`: whoever changes a page has made sure that nobody else holds it (`isKnownUniquelyReferenced`).
  fileprivate final class Page: @unchecked Sendable {
    static let size = 512
    /// Fuller than this it is split: probes stay short.
    static let bound = 360

    let places: UnsafeMutablePointer<UInt64>
    /// How many of the hash's upper bits all its names share.
    let depth: Int
    var count = 0

    init(depth: Int) {
      self.depth = depth
      places = .allocate(capacity: Self.size)
      places.initialize(repeating: NameTable.empty, count: Self.size)
    }

    deinit { places.deallocate() }

    func copy() -> Page {
      let copy = Page(depth: depth)
      copy.places.update(from: places, count: Self.size)
      copy.count = count
      return copy
    }

    func insert(_ hash: UInt64, _ number: UInt32) {
      var place = NameTable.firstPlace(hash)
      while places[place] != NameTable.empty { place = (place + 1) & (Self.size - 1) }
      places[place] = UInt64(UInt32(truncatingIfNeeded: hash)) << 32 | UInt64(number)
      count += 1
    }

    /// Takes a number away and closes the gap, so that no probe ends too early.
    func remove(_ hash: UInt64, _ number: UInt32) {
      let wanted = UInt64(UInt32(truncatingIfNeeded: hash)) << 32 | UInt64(number)
      var gap = NameTable.firstPlace(hash)
      while places[gap] != wanted {
        guard places[gap] != NameTable.empty else { return }
        gap = (gap + 1) & (Self.size - 1)
      }
      count -= 1
      var next = gap
      while true {
        next = (next + 1) & (Self.size - 1)
        let moved = places[next]
        guard moved != NameTable.empty else { break }
        let home = NameTable.firstPlace(moved >> 32)
        // It may move into the gap unless its own place lies between the two.
        if (next &- home) & (Self.size - 1) >= (next &- gap) & (Self.size - 1) {
          places[gap] = moved
          gap = next
        }
      }
      places[gap] = NameTable.empty
    }
  }

  /// No number is as large.
  fileprivate static let empty = UInt64.max

  /// By the upper bits of the hash; several stand for one page that is shallower than the whole.
  private var directory: ContiguousArray<Page> = [Page(depth: 0)]
  private(set) var depth = 0

  var bytes: Int { pages.count * Page.size * 8 + directory.count * 16 }
  private var pages: Set<ObjectIdentifier> { Set(directory.map(ObjectIdentifier.init)) }

  /// - Parameter rehash: the whole hash of a number that is in the table, asked for when its page is split.
  mutating func insert(_ hash: UInt64, _ number: UInt32, rehash: (UInt32) -> UInt64) {
    while true {
      let index = Self.index(hash, depth)
      guard directory[index].count >= Page.bound else {
        mutate(index) { $0.insert(hash, number) }
        return
      }
      split(index, rehash)
    }
  }

  mutating func remove(_ hash: UInt64, _ number: UInt32) {
    mutate(Self.index(hash, depth)) { $0.remove(hash, number) }
  }

  /// A page may stand in several places of the directory, so that its own count of references tells nothing: it is changed in place only when nobody
  /// but those places can hold it.
  private mutating func mutate(_ index: Int, _ change: (Page) -> Void) {
    let range = places(of: index)
    var page = directory[index]
    for place in range { directory[place] = Self.nobody }
    if !isKnownUniquelyReferenced(&page) { page = page.copy() }
    change(page)
    for place in range { directory[place] = page }
  }

  /// Stands in the directory while a page is changed.
  private static let nobody = Page(depth: 0)

  private func places(of index: Int) -> Range<Int> {
    let width = 1 << (depth - directory[index].depth)
    let first = index / width * width
    return first..<first + width
  }

  private mutating func split(_ index: Int, _ rehash: (UInt32) -> UInt64) {
    var index = index
    let page = directory[index]
    if page.depth == depth {
      var doubled: ContiguousArray<Page> = []
      doubled.reserveCapacity(directory.count * 2)
      for page in directory {
        doubled.append(page)
        doubled.append(page)
      }
      directory = doubled
      depth += 1
      index *= 2
    }
    let range = places(of: index)
    let halves = (Page(depth: page.depth + 1), Page(depth: page.depth + 1))
    for place in 0..<Page.size where page.places[place] != Self.empty {
      let number = UInt32(truncatingIfNeeded: page.places[place])
      let hash = rehash(number)
      let upper = hash >> UInt64(63 - page.depth) & 1 == 1
      (upper ? halves.1 : halves.0).insert(hash, number)
    }
    let middle = range.lowerBound + range.count / 2
    for place in range { directory[place] = place < middle ? halves.0 : halves.1 }
  }

  @inline(__always)
  private static func index(_ hash: UInt64, _ depth: Int) -> Int { depth == 0 ? 0 : Int(hash >> UInt64(64 - depth)) }

  @inline(__always)
  fileprivate static func firstPlace(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (Page.size - 1) }

  // MARK: looking up

  /// What a reader needs, without the pages' counts of references.
  func makeView() -> UnsafeMutablePointer<UnsafePointer<UInt64>> {
    let view = UnsafeMutablePointer<UnsafePointer<UInt64>>.allocate(capacity: directory.count)
    for (index, page) in directory.enumerated() { (view + index).initialize(to: UnsafePointer(page.places)) }
    return view
  }

  /// The number whose name has the hash and satisfies `isIt`.
  @inline(__always)
  static func find(
    _ hash: UInt64, in view: UnsafePointer<UnsafePointer<UInt64>>, depth: Int, where isIt: (UInt32) -> Bool
  ) -> UInt32? {
    find(hash, in: view[index(hash, depth)], where: isIt)
  }

  func find(_ hash: UInt64, where isIt: (UInt32) -> Bool) -> UInt32? {
    Self.find(hash, in: directory[Self.index(hash, depth)].places, where: isIt)
  }

  @inline(__always)
  private static func find(_ hash: UInt64, in places: UnsafePointer<UInt64>, where isIt: (UInt32) -> Bool) -> UInt32? {
    let tag = UInt32(truncatingIfNeeded: hash)
    var place = firstPlace(hash)
    while true {
      let found = places[place]
      if found == empty { return nil }
      if UInt32(truncatingIfNeeded: found >> 32) == tag, isIt(UInt32(truncatingIfNeeded: found)) {
        return UInt32(truncatingIfNeeded: found)
      }
      place = (place + 1) & (Page.size - 1)
    }
  }

  /// The number of the first name whose hash agrees in its lower half, so nearly always the one that is looked for; `UInt32.max` where there is none.
  @inline(__always)
  static func guess(_ hash: UInt64, in view: UnsafePointer<UnsafePointer<UInt64>>, depth: Int) -> UInt32 {
    find(hash, in: view[index(hash, depth)]) { _ in true } ?? .max
  }

  /// Reads where the search for a hash begins, so that it is at hand a moment later.
  @inline(__always)
  static func touch(_ hash: UInt64, in view: UnsafePointer<UnsafePointer<UInt64>>, depth: Int) -> UInt64 {
    view[index(hash, depth)][firstPlace(hash)]
  }
}
