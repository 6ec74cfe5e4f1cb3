internal import Identity
internal import Primitives

/// What operators or organizations define, kept in two tables: as it stands, and every version it ever had with its time.
///
/// A row begins with two columns of its own; after them come `definition`, `created_at`, `defined_at`, `defined_by` and `version`.
protocol StoredDefinition: Sendable, Hashable {
  static var tables: DefinitionTables { get }

  /// The values of `DefinitionTables.columns`.
  var columns: [SQLValue] { get }
  /// Everything else that it says, as it stands in a column.
  var coded: String { get }
  var createdAt: Timestamp { get }
  var definedAt: Timestamp { get }
  var definedBy: String { get }
  var version: Int64 { get }

  init(_ row: any SQLRow) throws
}

/// Where definitions of one sort are kept.
struct DefinitionTables: Sendable {
  let current: String
  let versions: String
  /// The two columns of their own. The first tell the rows apart.
  let columns: [String]
  /// The same in the table of versions.
  let columnsOfVersions: [String]
  /// How many of the columns tell the rows apart.
  let keyLength: Int

  init(
    current: String, versions: String, _ first: String, _ second: String, firstOfVersions: String? = nil, keyLength: Int
  ) {
    (self.current, self.versions, self.keyLength) = (current, versions, keyLength)
    columns = [first, second]
    columnsOfVersions = [firstOfVersions ?? first, second]
  }

  fileprivate var select: String {
    "SELECT \(columns.joined(separator: ", ")), definition, created_at, defined_at, defined_by, version FROM \(current)"
  }

  fileprivate var selectVersions: String {
    let columns = columnsOfVersions.joined(separator: ", ")
    return "SELECT \(columns), definition, created_at, valid_from, defined_by, version, valid_until FROM \(versions)"
  }

  fileprivate var isKey: String { Self.condition(columns.prefix(keyLength)) }
  fileprivate var isKeyOfVersions: String { Self.condition(columnsOfVersions.prefix(keyLength)) }

  /// The placeholder after those of the key.
  fileprivate func place(_ number: Int) -> String { "$\(keyLength + number)" }

  private static func condition(_ columns: some Sequence<String>) -> String {
    columns.enumerated().map { "\($0.element) = $\($0.offset + 1)" }.joined(separator: " AND ")
  }
}

extension SQLTransaction {
  func definition<Defined: StoredDefinition>(_ key: SQLValue...) throws -> Defined? {
    try row("\(Defined.tables.select) WHERE \(Defined.tables.isKey)", key, Defined.init)
  }

  func definitions<Defined: StoredDefinition>() throws -> [Defined] { try rows(Defined.tables.select, [], Defined.init) }

  /// Those that counted at a moment of the past.
  func definitions<Defined: StoredDefinition>(at moment: Timestamp) throws -> [Defined] {
    try rows(
      "\(Defined.tables.selectVersions) WHERE valid_from <= $1 AND (valid_until IS NULL OR valid_until > $1)", [.time(moment)],
      Defined.init)
  }

  /// Oldest first.
  func definitionVersions<Defined: StoredDefinition>(_ key: SQLValue...) throws -> [PastVersion<Defined>] {
    try rows("\(Defined.tables.selectVersions) WHERE \(Defined.tables.isKeyOfVersions) ORDER BY version", key) {
      PastVersion(try Defined($0), validUntil: try $0.optionalTime(7))
    }
  }

  func insertDefinition(_ defined: some StoredDefinition) throws {
    let tables = type(of: defined).tables
    try change(
      """
      INSERT INTO \(tables.current)
        (\(tables.columns.joined(separator: ", ")), definition, created_at, defined_at, defined_by, version)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """, defined.row)
    try keepVersion(defined)
    try noteCatalogs()
  }

  /// From the version before it.
  ///
  /// - Returns: false when somebody was faster.
  func updateDefinition(_ defined: some StoredDefinition) throws -> Bool {
    let tables = type(of: defined).tables
    let written = try change(
      """
      UPDATE \(tables.current)
      SET definition = \(tables.place(2)), defined_at = \(tables.place(3)), defined_by = \(tables.place(4)), version = version + 1
      WHERE \(tables.isKey) AND version = \(tables.place(1))
      """,
      defined.key + [.integer(defined.version - 1), .text(defined.coded), .time(defined.definedAt), .text(defined.definedBy)])
    guard written > 0 else { return false }
    try endVersion(defined, at: defined.definedAt)
    try keepVersion(defined)
    try noteCatalogs()
    return true
  }

  /// - Returns: false when it was changed, or gone already.
  func deleteDefinition(_ defined: some StoredDefinition, at moment: Timestamp) throws -> Bool {
    let tables = type(of: defined).tables
    let written = try change(
      "DELETE FROM \(tables.current) WHERE \(tables.isKey) AND version = \(tables.place(1))",
      defined.key + [.integer(defined.version)])
    guard written > 0 else { return false }
    try endVersion(defined, at: moment)
    try noteCatalogs()
    return true
  }

  private func keepVersion(_ defined: some StoredDefinition) throws {
    let tables = type(of: defined).tables
    try change(
      """
      INSERT INTO \(tables.versions)
        (\(tables.columnsOfVersions.joined(separator: ", ")), definition, created_at, valid_from, defined_by, version)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """, defined.row)
  }

  private func endVersion(_ defined: some StoredDefinition, at moment: Timestamp) throws {
    let tables = type(of: defined).tables
    try change(
      "UPDATE \(tables.versions) SET valid_until = \(tables.place(1)) WHERE \(tables.isKeyOfVersions) AND valid_until IS NULL",
      defined.key + [.time(moment)])
  }
}

extension StoredDefinition {
  fileprivate var key: [SQLValue] { Array(columns.prefix(Self.tables.keyLength)) }

  fileprivate var row: [SQLValue] {
    columns + [.text(coded), .time(createdAt), .time(definedAt), .text(definedBy), .integer(version)]
  }
}
