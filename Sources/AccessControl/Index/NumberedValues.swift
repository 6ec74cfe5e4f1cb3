/// Values of some numbered things, most of which have none. A copy shares what neither changes; a change copies one page of 256 and the list of pages.
package struct NumberedValues<Value: Sendable>: Sendable {
  private static var pageSize: Int { 256 }
  private var pages: ContiguousArray<ContiguousArray<Value?>> = []

  package init() {}

  package subscript(_ number: UInt32) -> Value? {
    get {
      let (page, place) = Int(number).quotientAndRemainder(dividingBy: Self.pageSize)
      guard page < pages.count, !pages[page].isEmpty else { return nil }
      return pages[page][place]
    }
    set {
      let (page, place) = Int(number).quotientAndRemainder(dividingBy: Self.pageSize)
      if page >= pages.count {
        guard newValue != nil else { return }
        pages.append(contentsOf: repeatElement([], count: page + 1 - pages.count))
      }
      if pages[page].isEmpty {
        guard newValue != nil else { return }
        pages[page] = ContiguousArray(repeating: nil, count: Self.pageSize)
      }
      pages[page][place] = newValue
    }
  }
}
