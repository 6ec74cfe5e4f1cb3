internal import Foundation
internal import TestKit
internal import Testing

/// Holds our statements to the SQL that SQLite and PostgreSQL share, by reading the sources: whoever writes a new one is told at once.
@Suite struct PortableStatements {
  /// What one of the two engines does not know, or understands differently.
  private static let foreign: [(pattern: String, because: String)] = [
    (#"\bILIKE\b"#, "PostgreSQL only"),
    (#"\bLIKE\b"#, "ignores case in SQLite only"),
    (#"\bGLOB\b"#, "SQLite only"),
    (#"\bAUTOINCREMENT\b|\bSERIAL\b|\bIDENTITY\b"#, "each engine numbers rows its own way; we make our names"),
    (#"\b(now|datetime|strftime|greatest|least|ifnull|group_concat|string_agg)\s*\("#, "not in both"),
    (#"\bCURRENT_TIMESTAMP\b"#, "time arrives from outside"),
    (#"\bINSERT\s+OR\b|\bREPLACE\s+INTO\b"#, "SQLite only: ON CONFLICT"),
    (#"\bFOR\s+UPDATE\b|\bANY\s*\(|\bTRUNCATE\b|\bLATERAL\b"#, "PostgreSQL only"),
    (#"\bWITHOUT\s+ROWID\b|\bSTRICT\b|\browid\b"#, "SQLite only"),
    (#"\bALTER\s+COLUMN\b"#, "PostgreSQL only"),
    (#"::\w"#, "PostgreSQL only: CAST"),
    (#"\b(is_offline|is_trusted|introspects_for_all|redirect_uri_was_sent)\s*(=|<>|IS)\s*[01]"#, "truth is written bare"),
    (#"\?\d"#, "placeholders are $1"),
    (#"\bPRAGMA\b"#, "SQLite only"),
    (#"\bjson_(each|tree|array_elements)\s*\("#, "each engine has its own: SQLConnection.elements"),
    (#"SELECT\s+\$\d"#, "needs a CAST in PostgreSQL"),
    (#""\w+"\s+(TEXT|BIGINT|BOOLEAN)"#, "names need no quotes"),
  ]

  @Test func `no statement uses what one of the engines does not know`() throws {
    for file in try Self.sources() {
      for (line, text) in try Self.statements(file) {
        for (pattern, because) in Self.foreign
        where text.range(of: pattern, options: [.regularExpression, .caseInsensitive]) != nil {
          Issue.record("\(file.lastPathComponent):\(line) holds \(pattern): \(because)\n\(text)")
        }
      }
    }
  }

  @Test func `placeholders of a statement are numbered without gaps`() throws {
    for file in try Self.sources() {
      for (line, text) in try Self.statements(file)
      where text.starts(with: /\s*(SELECT|INSERT|UPDATE|DELETE)/) && !text.contains("\\(") {
        let numbers = Set(text.matches(of: /\$(\d+)/).compactMap { Int($0.1) })
        #expect(numbers == Set(numbers.isEmpty ? [] : Array(1...(numbers.max() ?? 1))), "\(file.lastPathComponent):\(line)")
      }
    }
  }

  @Test(.threat("LOG3")) func `no statement changes or deletes what an audit entry tells`() throws {
    var found: [String] = []
    for file in try Self.sources() where !file.path().contains("/Schema/") {
      found += try Self.statements(file).map(\.text).filter {
        $0.contains(/(UPDATE|DELETE\s+FROM|TRUNCATE|INTO)\s+audit_entries/)
      }
    }
    let changing = found.filter { !$0.contains("INSERT INTO") }
    #expect(changing == ["UPDATE audit_entries SET position = $2, chain = $3 WHERE id = $1"])
    // It, and what appends one entry and what appends many.
    #expect(found.count == 3)
  }

  @Test func `the search finds the statements at all`() throws {
    let found = try Self.sources().flatMap { try Self.statements($0) }
    #expect(found.count > 100)
    #expect(found.contains { $0.text.contains("CREATE TABLE organizations") })
    #expect(found.contains { $0.text.contains("UPDATE authorization_codes SET spent_at") })
  }

  /// Every source of the module but the driver's.
  private static func sources() throws -> [URL] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let storage = root.appending(path: "Sources/Storage")
    let files = FileManager.default.enumerator(at: storage, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
    return files.filter { $0.pathExtension == "swift" && !$0.path().contains("/SQLite/") }
  }

  /// The string literals of a file that are SQL, each with its line.
  private static func statements(_ file: URL) throws -> [(line: Int, text: String)] {
    let source = try String(contentsOf: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.drop { $0 == " " }.hasPrefix("//") ? "" : $0 }
      .joined(separator: "\n")
    return source.matches(of: /(?s)"""\n(.*?)"""|"((?:[^"\\\n]|\\.)*)"/).compactMap { match in
      let text = String(match.1 ?? match.2 ?? "")
      guard text.contains(/\b(SELECT|INSERT|UPDATE|DELETE|CREATE|WHERE|AND|FROM)\b/) else { return nil }
      return (source[..<match.range.lowerBound].count { $0 == "\n" } + 1, text)
    }
  }
}
