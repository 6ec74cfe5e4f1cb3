internal import Identity

/// One condition of a list that a caller may or may not ask for: `("organization_id", value)` narrows, nil does not.
struct Narrowing {
  let column: String
  let value: SQLValue

  init?(_ column: String, _ value: SQLValue) {
    if value == .null { return nil }
    self.column = column
    self.value = value
  }
}

extension SQLTransaction {
  /// A page of a list ordered by one unique column. Reads one row more than asked, to know whether there is a next page.
  ///
  /// - Parameters:
  ///   - select: everything up to `FROM`'s last table, without conditions.
  ///   - key: the column of the order; `cursor` gives its value for an item.
  func page<Item>(
    _ request: PageRequest, _ select: String, narrowedBy narrowings: [Narrowing?] = [], key: String = "id",
    cursor: (Item) -> String, _ decode: (any SQLRow) throws -> Item
  ) throws -> Page<Item> {
    var values: [SQLValue] = [.text(request.after ?? "")]
    var conditions = "\(key) > $1"
    for narrowing in narrowings.compactMap(\.self) {
      values.append(narrowing.value)
      conditions += " AND \(narrowing.column) = $\(values.count)"
    }
    values.append(.count(request.limit + 1))
    let found = try rows("\(select) WHERE \(conditions) ORDER BY \(key) LIMIT $\(values.count)", values, decode)
    return Page(of: found, limit: request.limit, cursor: cursor)
  }
}

extension Page {
  /// Cuts what was found, one more than the limit at most, to the page.
  init(of found: [Item], limit: Int, cursor: (Item) -> String) {
    let items = Array(found.prefix(limit))
    self.init(items: items, next: found.count > items.count ? items.last.map(cursor) : nil)
  }
}
