internal import Primitives

// Many rows in one statement: they are bound as one JSON text and taken apart by the engine. So the statement has the same text for two rows as for a
// thousand and is prepared once, where a list of VALUES would be another one for each number of rows.

extension SQLValue {
  /// Rows to be taken apart by `SQLTransaction.given`.
  static func rows(_ rows: some Sequence<[SQLValue]>) -> SQLValue {
    .text(JSON.array(rows.map { .array($0.map(\.json)) }).text)
  }

  /// Rows of one id each.
  static func rows<Tag>(_ ids: some Sequence<Identifier<Tag>>) -> SQLValue { .rows(ids.map { [.id($0)] }) }

  private var json: JSON {
    switch self {
    case .null: .null
    case .integer(let number): .integer(number)
    case .text(let text): .string(text)
    case .boolean(let truth): .bool(truth)
    }
  }
}

extension SQLTransaction {
  /// Rows that are bound as `SQLValue.rows`, as a table called `given`: what stands in a FROM.
  ///
  /// PostgreSQL expects a hundred of them, however many there are, and may read a small table whole to find a single one in it: what looks for one
  /// thing has a statement of its own.
  ///
  /// - Parameter columns: the name and type of each value of a row, in its order.
  func given(_ placeholder: String, _ columns: KeyValuePairs<String, ColumnType>) -> String {
    let values = columns.enumerated().map { place, column in
      "CAST(element.value ->> \(place) AS \(column.value.rawValue)) AS \(column.key)"
    }
    return "(SELECT \(values.joined(separator: ", ")) FROM \(elements(of: placeholder)) AS element) AS given"
  }

  /// The types of columns that both engines know by the same name.
  enum ColumnType: String { case text = "TEXT", whole = "BIGINT" }
}
