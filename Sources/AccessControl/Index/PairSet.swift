/// An ordered set of pairs, a key and a member: who stands behind a key is found, in order and from any point on, in time that grows with how many are
/// read. A copy shares all pages; a change copies one page of at most 512 pairs.
struct PairSet: Sendable {
  struct Pair: Comparable {
    let key: UInt64
    let member: UInt64

    @inline(__always)
    static func < (left: Pair, right: Pair) -> Bool {
      left.key != right.key ? left.key < right.key : left.member < right.member
    }
  }

  /// `@unchecked Sendable`: whoever changes a page has made sure that nobody else holds it (`isKnownUniquelyReferenced`).
  private final class Page: @unchecked Sendable {
    static let size = 512
    /// How full pages are made at once, so that the next change does not split each.
    static let comfortable = 448

    let pairs: UnsafeMutablePointer<Pair>
    var count = 0

    init() { pairs = .allocate(capacity: Self.size) }

    deinit { pairs.deallocate() }

    subscript(_ index: Int) -> Pair { pairs[index] }

    func copy(_ range: Range<Int>) -> Page {
      let copy = Page()
      copy.pairs.initialize(from: pairs + range.lowerBound, count: range.count)
      copy.count = range.count
      return copy
    }

    /// The first that is not before the pair.
    func place(of pair: Pair) -> Int {
      var (low, high) = (0, count)
      while low < high {
        let middle = (low + high) / 2
        if self[middle] < pair { low = middle + 1 } else { high = middle }
      }
      return low
    }

    func insert(_ pair: Pair, at place: Int) {
      (pairs + place + 1).update(from: pairs + place, count: count - place)
      pairs[place] = pair
      count += 1
    }

    func append(_ pair: Pair) {
      (pairs + count).initialize(to: pair)
      count += 1
    }

    func remove(at place: Int) {
      count -= 1
      (pairs + place).update(from: pairs + place + 1, count: count - place)
    }
  }

  /// What was put in since `beginLoading`, in no order.
  private var loaded: [Pair]?
  /// None is empty, and each ends before the next begins.
  private var pages: ContiguousArray<Page> = []
  private(set) var count = 0

  var bytes: Int { pages.count * (Page.size * 16 + 64) }

  /// From now to `endLoading` pairs are only gathered: to put a million in order at once takes a fraction of the time.
  mutating func beginLoading() { loaded = [] }

  mutating func endLoading() {
    guard var pairs = loaded else { return }
    loaded = nil
    for page in pages { pairs.append(contentsOf: UnsafeBufferPointer(start: page.pairs, count: page.count)) }
    pairs.sort()
    (pages, count) = ([], 0)
    var page = Page()
    var last: Pair?
    for pair in pairs where pair != last {
      if page.count == Page.comfortable {
        pages.append(page)
        page = Page()
      }
      page.append(pair)
      last = pair
      count += 1
    }
    if page.count > 0 { pages.append(page) }
  }

  /// - Returns: false where it was there already, as far as that is known.
  @discardableResult
  mutating func insert(_ key: UInt64, _ member: UInt64) -> Bool {
    let pair = Pair(key: key, member: member)
    if loaded != nil {
      loaded?.append(pair)
      return true
    }
    guard !pages.isEmpty else {
      let page = Page()
      page.insert(pair, at: 0)
      pages.append(page)
      count = 1
      return true
    }
    var index = page(of: pair)
    var place = pages[index].place(of: pair)
    guard place == pages[index].count || pages[index][place] != pair else { return false }
    if pages[index].count == Page.size {
      // What grows at its end stays full behind it.
      let middle = index == pages.count - 1 && place == Page.size ? Page.size - 1 : Page.size / 2
      let page = pages[index]
      pages[index] = page.copy(0..<middle)
      pages.insert(page.copy(middle..<Page.size), at: index + 1)
      if place > middle { (index, place) = (index + 1, place - middle) }
    }
    makeUnique(index)
    pages[index].insert(pair, at: place)
    count += 1
    return true
  }

  mutating func remove(_ key: UInt64, _ member: UInt64) {
    if loaded?.isEmpty == false {
      endLoading()
      beginLoading()
    }
    guard !pages.isEmpty else { return }
    let pair = Pair(key: key, member: member)
    let index = page(of: pair)
    let place = pages[index].place(of: pair)
    guard place < pages[index].count, pages[index][place] == pair else { return }
    count -= 1
    guard pages[index].count > 1 else {
      pages.remove(at: index)
      return
    }
    makeUnique(index)
    pages[index].remove(at: place)
  }

  private mutating func makeUnique(_ index: Int) {
    guard !isKnownUniquelyReferenced(&pages[index]) else { return }
    pages[index] = pages[index].copy(0..<pages[index].count)
  }

  /// The last page that begins no later than the pair.
  private func page(of pair: Pair) -> Int {
    var (low, high) = (0, pages.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if pair < pages[middle][0] { high = middle } else { low = middle }
    }
    return low
  }

  /// Reads the members behind a key in their order, from `first` on, until `body` says that it has enough.
  ///
  /// - Parameter body: returns false to end.
  func forEach(_ key: UInt64, from first: UInt64 = 0, _ body: (UInt64) -> Bool) {
    guard !pages.isEmpty else { return }
    let start = Pair(key: key, member: first)
    var index = page(of: start)
    var place = pages[index].place(of: start)
    while index < pages.count {
      let page = pages[index]
      while place < page.count {
        guard page[place].key == key else { return }
        guard body(page[place].member) else { return }
        place += 1
      }
      (index, place) = (index + 1, 0)
    }
  }

  /// Reads all pairs, in order.
  func forEachPair(_ body: (_ key: UInt64, _ member: UInt64) -> Void) {
    for page in pages { for index in 0..<page.count { body(page[index].key, page[index].member) } }
  }

  func contains(_ key: UInt64, _ member: UInt64) -> Bool {
    var found = false
    forEach(key, from: member) { candidate in
      found = candidate == member
      return false
    }
    return found
  }
}
