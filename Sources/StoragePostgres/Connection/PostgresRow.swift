internal import CLibpq
internal import Identity
internal import Storage

/// A row of a result in libpq's text form.
struct PostgresRow: SQLRow {
  let result: OpaquePointer
  let row: Int32

  func isNull(_ column: Int) throws -> Bool { PQgetisnull(result, row, try inside(column)) != 0 }

  func integer(_ column: Int) throws -> Int64 {
    guard let number = try Int64(text(column)) else { throw unreadable("whole number", column) }
    return number
  }

  func text(_ column: Int) throws -> String {
    let number = try inside(column)
    guard PQgetisnull(result, row, number) == 0, let start = PQgetvalue(result, row, number) else {
      throw unreadable("text", column)
    }
    let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, number)))
    return String(decoding: bytes, as: UTF8.self)
  }

  func boolean(_ column: Int) throws -> Bool {
    switch try text(column) {
    case "t": true
    case "f": false
    default: throw unreadable("truth value", column)
    }
  }

  private func inside(_ column: Int) throws -> Int32 {
    guard column >= 0, column < PQnfields(result) else { throw unreadable("column", column) }
    return Int32(column)
  }

  private func unreadable(_ kind: String, _ column: Int) -> StoreError { .unreadable("column \(column) holds no \(kind)") }
}
