internal import CLibpq
internal import Glibc
internal import Identity
internal import Storage

/// One connection to PostgreSQL and the transaction on it. Used by one thread at a time; never shared.
///
/// Commands are sent ahead of their answers (libpq's pipeline mode): `BEGIN` travels with the first statement, the preparation of a
/// statement with its first use, and nobody waits for the end of a transaction that only read. So a read of one statement is one round trip.
///
/// The first failure of a transaction stays with it: whatever the body makes of the error, every later statement fails the same way, and the
/// transaction cannot be committed.
final class PostgresConnection: SQLConnection {
  private let connection: OpaquePointer
  private let notices: Notices
  /// How long an answer may take before the connection is given up. The server itself stops a statement earlier.
  private let patience: Duration
  private var statements: [String: String] = [:]
  /// What begins the transaction; sent with its first statement.
  private var heldBack: String?
  /// A read transaction that nobody has ended yet, by the moment before its state was fixed.
  private var openRead: ContinuousClock.Instant?
  /// How many answers nobody has waited for, of each time they were sent; they cannot matter.
  private var unread: [Int] = []
  private var namesGiven = 0
  private(set) var failure: PostgresFailure?
  /// A commit was sent: when the connection is lost then, nobody knows whether it happened.
  private(set) var mayHaveCommitted = false

  /// How many prepared statements one connection keeps; ours are some hundred.
  private static let keptStatements = 1_000

  /// Connects and waits until it may be used.
  ///
  /// - Throws: `PostgresFailure.lost` when no host of the address answers as it should, `.refused` for a database that does not fit.
  init(_ address: PostgresAddress, patience: Duration) throws {
    self.patience = patience
    let notices = Notices()
    self.notices = notices
    connection = try Self.connected(address, notices)
  }

  deinit { PQfinish(connection) }

  private static func connected(_ address: PostgresAddress, _ notices: Notices) throws -> OpaquePointer {
    let parameters = address.parameters
    let opened = withArrayOfCStrings(parameters.map(\.keyword)) { keywords in
      withArrayOfCStrings(parameters.map(\.value)) { values in PQconnectdbParams(keywords, values, 1) }
    }
    guard let opened else { throw PostgresFailure.lost("no memory for a connection") }
    guard PQstatus(opened) == CONNECTION_OK else {
      defer { PQfinish(opened) }
      throw PostgresFailure.lost(Self.message(of: opened))
    }
    let encoding = PQparameterStatus(opened, "server_encoding").map { String(cString: $0) }
    guard encoding == "UTF8" else {
      PQfinish(opened)
      throw PostgresFailure.refused(
        StoreError.unreadable("the database is encoded in \(encoding ?? "nothing known"), not in UTF8"))
    }
    guard PQserverVersion(opened) >= 150_000 else {
      PQfinish(opened)
      throw PostgresFailure.refused(StoreError.unreadable("the server is older than PostgreSQL 15"))
    }
    notices.receive(from: opened)
    guard PQenterPipelineMode(opened) == 1 else {
      defer { PQfinish(opened) }
      throw PostgresFailure.lost(Self.message(of: opened))
    }
    return opened
  }

  private static func message(of connection: OpaquePointer) -> String {
    let text = String(cString: PQerrorMessage(connection))
    return text.split(separator: "\n").joined(separator: "; ")
  }

  var isUsable: Bool { if case .lost? = failure { false } else { PQstatus(connection) == CONNECTION_OK } }

  // MARK: transactions

  enum Kind: String {
    /// Sees one state; the server refuses every write.
    case read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    case write = "BEGIN ISOLATION LEVEL SERIALIZABLE"
    /// Each statement sees what was committed before it: for what waits for a lock first.
    case schema = "BEGIN ISOLATION LEVEL READ COMMITTED"
  }

  func begin(_ kind: Kind) {
    failure = nil
    mayHaveCommitted = false
    heldBack = kind.rawValue
  }

  /// Begins a transaction that only reads, unless one is open that shows all that was committed before `asked`. The transaction stays open until the next
  /// one begins or `endRead` is called.
  func beginRead(askedAt asked: ContinuousClock.Instant) {
    guard failure == nil, heldBack == nil, let openRead, asked < openRead else { return begin(.read) }
  }

  /// Runs one transaction, once: commits it, or undoes everything when the body throws.
  func transaction<Value>(_ kind: Kind, _ body: () throws -> Value) throws -> Value {
    begin(kind)
    do {
      let value = try body()
      try commit()
      return value
    } catch {
      rollback()
      throw error
    }
  }

  /// Ends the transaction that only read, where one is open. Nothing depends on the answer, so it is read with the next one.
  func endRead() throws {
    heldBack = nil
    guard openRead != nil else { return }
    openRead = nil
    var fresh: [String] = []
    let answers = try send("COMMIT", [], &fresh)
    try sync()
    unread.append(answers)
  }

  /// Commits, after some last commands that travel with it.
  ///
  /// - Returns: the last value that `decode` made of a row of theirs.
  /// - Throws: `StoreError.unavailable` also when the server committed without the synchronous standby that it was to wait for: then nobody may be told
  ///   that it is done, and it counts as a connection that was lost in the commit.
  @discardableResult
  func commit<Value>(
    after last: [(sql: String, values: [SQLValue])] = [], _ decode: (any SQLRow) throws -> Value? = { _ in Optional<Int64>.none }
  ) throws -> Value? {
    if let failure { throw failure }
    if heldBack != nil, last.isEmpty {
      heldBack = nil
      return nil
    }
    var decoded: Value?
    mayHaveCommitted = true
    notices.waitWasCutShort = false
    try exchange(last + [("COMMIT", [])]) { row in if let value = try decode(row) { decoded = value } }
    openRead = nil
    // The server keeps it and answers as if nothing were wrong, but a standby that takes over may not know of it.
    if notices.waitWasCutShort { throw lose("the wait of a commit for its standby was cut short") }
    return decoded
  }

  /// Leaves nothing open: not the commands that were held back, and not what a commit left that was never reached.
  func rollback() {
    heldBack = nil
    openRead = nil
    guard isUsable, PQtransactionStatus(connection) != PQTRANS_IDLE else { return }
    let cause = failure
    failure = nil
    do { try exchange([("ROLLBACK", [])]) { _ in } } catch {}
    if failure == nil { failure = cause }
  }

  // MARK: SQLConnection

  func rows<Value>(_ sql: String, _ values: [SQLValue], _ decode: (any SQLRow) throws -> Value) throws -> [Value] {
    var found: [Value] = []
    try exchange([(sql, values)]) { row in found.append(try decode(row)) }
    return found
  }

  @discardableResult
  func execute(_ sql: String, _ values: [SQLValue]) throws -> Int { try exchange([(sql, values)]) { _ in } }

  /// Outside a pipeline: only there may several statements stand in one text. Columns of text are made to compare byte by byte, as SQLite does,
  /// whatever language the database speaks.
  func script(_ sql: String) throws {
    for text in takeHeldBack() { try simple(text) }
    try simple(sql.replacing(/\b([a-z_]+) TEXT\b/) { "\($0.1) TEXT COLLATE \"C\"" })
  }

  func declaredColumns(of table: String) throws -> [DeclaredColumn] {
    try rows(
      """
      SELECT column_name, data_type FROM information_schema.columns
      WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position
      """, [.text(table)]
    ) { row in try row.declaredColumn(name: 0, type: 1) }
  }

  func beginRevisions(after revision: Int64) throws {
    // A number that was counted without a row, so that whoever knows it reads everything anew.
    try execute(
      "INSERT INTO policy_changes (revision, change, changed_at) VALUES ($1, $2, 0)",
      [.integer(revision), .text(PolicyChange.everything)])
    _ = try rows("SELECT setval('policy_revisions', $1)", [.integer(max(revision, 1))]) { try $0.integer(0) }
  }

  var skipLocked: String { "FOR UPDATE SKIP LOCKED" }
  func elements(of placeholder: String) -> String { "json_array_elements(CAST(\(placeholder) AS JSON))" }
  var policyRevisionQuery: String { "SELECT COALESCE(MAX(revision), 0) FROM policy_changes" }

  private func simple(_ sql: String) throws {
    if let failure { throw failure.outside }
    try drain()
    guard PQexitPipelineMode(connection) == 1 else { throw lose(Self.message(of: connection)) }
    defer { PQenterPipelineMode(connection) }
    let result = PQexec(connection, sql)
    defer { PQclear(result) }
    switch PQresultStatus(result) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return
    default: throw fail(.reading(result, of: String(sql.prefix(200))))
    }
  }

  // MARK: the wire

  private typealias Command = (sql: String, values: [SQLValue])

  /// Sends commands together and reads their answers in order. Only rows of the last command that has any are many; all are decoded.
  ///
  /// - Returns: how many rows the last command changed.
  @discardableResult
  private func exchange(_ commands: [Command], _ decode: (any SQLRow) throws -> Void) throws -> Int {
    if let failure { throw failure.outside }
    // Before anything is sent: half of a batch on its way would put every later answer to the wrong question.
    for command in commands { try Bound.check(command.values) }
    let ahead = takeHeldBack()
    var answers = 0
    var fresh: [String] = []
    for sql in ahead { answers += try send(sql, [], &fresh) }
    for command in commands { answers += try send(command.sql, command.values, &fresh) }
    try sync()
    try drain()
    var changed = 0
    var first: (any Error)?
    for index in 0..<answers {
      while let result = try next() {
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK:
          guard first == nil else { continue }
          changed = Int(PQntuples(result))
          do {
            for row in 0..<PQntuples(result) { try decode(PostgresRow(result: result, row: row)) }
          } catch { first = error }
        case PGRES_COMMAND_OK:
          if index == answers - 1 { changed = Int(String(cString: PQcmdTuples(result))) ?? 0 }
        // What follows a failure is skipped by the server.
        case PGRES_PIPELINE_ABORTED: continue
        default: if failure == nil { first = fail(.reading(result, of: commands.last?.sql ?? "")) }
        }
      }
    }
    try endOfPipeline()
    if let failure {
      // The server may have skipped their preparation.
      for sql in fresh { statements[sql] = nil }
      throw failure.outside
    }
    if let first { throw first }
    return changed
  }

  /// What begins a transaction, where none was begun; behind the end of a read that is still open.
  private func takeHeldBack() -> [String] {
    guard let heldBack else { return [] }
    defer {
      self.heldBack = nil
      openRead = heldBack == Kind.read.rawValue ? .now : nil
    }
    return openRead == nil ? [heldBack] : ["COMMIT", heldBack]
  }

  /// - Parameter fresh: gets the statement when it had to be prepared.
  /// - Returns: how many answers will come.
  private func send(_ sql: String, _ values: [SQLValue], _ fresh: inout [String]) throws -> Int {
    var answers = 1
    let name: String
    if let known = statements[sql] {
      name = known
    } else {
      name = statements.count < Self.keptStatements ? "s\(namesGiven)" : ""
      guard PQsendPrepare(connection, name, sql, 0, nil) == 1 else { throw lose(Self.message(of: connection)) }
      if !name.isEmpty {
        namesGiven += 1
        statements[sql] = name
        fresh.append(sql)
      }
      answers += 1
    }
    let sent = Bound.withPointers(values) { pointers in
      PQsendQueryPrepared(connection, name, Int32(values.count), pointers, nil, nil, 0)
    }
    guard sent == 1 else { throw lose(Self.message(of: connection)) }
    return answers
  }

  private func sync() throws {
    guard PQpipelineSync(connection) == 1 else { throw lose(Self.message(of: connection)) }
  }

  /// Reads the answers that nobody waited for: the ends of transactions that only read.
  private func drain() throws {
    for answers in unread {
      for _ in 0..<answers {
        while let result = try next() {
          let status = PQresultStatus(result)
          PQclear(result)
          guard status == PGRES_COMMAND_OK else { throw lose("a transaction that only read could not be ended") }
        }
      }
      try endOfPipeline()
    }
    unread = []
  }

  private func endOfPipeline() throws {
    let result = try next()
    defer { PQclear(result) }
    guard PQresultStatus(result) == PGRES_PIPELINE_SYNC else { throw lose(Self.message(of: connection)) }
  }

  /// The next answer, or nil at the end of one command's.
  private func next() throws -> OpaquePointer? {
    if PQisBusy(connection) != 0 {
      let deadline = ContinuousClock.now + patience
      repeat {
        guard try wait(until: deadline) else { throw lose("no answer within \(patience.components.seconds) seconds") }
        guard PQconsumeInput(connection) == 1 else { throw lose(Self.message(of: connection)) }
      } while PQisBusy(connection) != 0
    }
    return PQgetResult(connection)
  }

  /// Waits until something can be read.
  ///
  /// - Returns: false when the moment came first.
  private func wait(until deadline: ContinuousClock.Instant) throws -> Bool {
    var descriptor = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
    while true {
      let left = (deadline - ContinuousClock.now).components
      let milliseconds = left.seconds * 1_000 + left.attoseconds / 1_000_000_000_000_000
      let ready = poll(&descriptor, 1, Int32(clamping: max(0, milliseconds)))
      if ready > 0 { return true }
      if ready == 0 { return false }
      guard errno == EINTR else { throw lose("poll: \(String(cString: strerror(errno)))") }
    }
  }

  // MARK: notifications

  /// Waits for a notification of a channel that was listened to; those that came before count.
  ///
  /// - Returns: false when none came within `time`.
  func waitForNotification(atMost time: Duration) throws -> Bool {
    // Behind an answer that nobody has read libpq sees no notification.
    try drain()
    if takeNotifications() { return true }
    guard try wait(until: ContinuousClock.now + time) else { return false }
    guard PQconsumeInput(connection) == 1 else { throw lose(Self.message(of: connection)) }
    return takeNotifications()
  }

  private func takeNotifications() -> Bool {
    var any = false
    while let notification = PQnotifies(connection) {
      PQfreemem(notification)
      any = true
    }
    return any
  }

  // MARK: failures

  private func lose(_ reason: String) -> any Error { fail(.lost(reason)) }

  private func fail(_ kind: PostgresFailure) -> any Error {
    failure = kind
    return kind.outside
  }
}

/// Values as libpq takes them: texts that end in NUL, side by side in one piece of memory.
private enum Bound {
  /// PostgreSQL holds no text with NUL in it, and as an end it would cut ours short.
  static func check(_ values: [SQLValue]) throws {
    for case .text(let text) in values where text.utf8.contains(0) { throw SQLFault("a text holds NUL") }
  }

  static func withPointers<Result>(
    _ values: [SQLValue], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
  ) -> Result {
    if values.isEmpty { return body(nil) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count * 32)
    var starts: [Int?] = []
    starts.reserveCapacity(values.count)
    for value in values {
      switch value {
      case .null:
        starts.append(nil)
        continue
      case .boolean(let truth):
        starts.append(bytes.count)
        bytes.append(UInt8(ascii: truth ? "t" : "f"))
      case .integer(let number):
        starts.append(bytes.count)
        bytes.append(contentsOf: String(number).utf8)
      case .text(let text):
        starts.append(bytes.count)
        bytes.append(contentsOf: text.utf8)
      }
      bytes.append(0)
    }
    return bytes.withUnsafeBytes { memory in
      let base = memory.baseAddress?.assumingMemoryBound(to: CChar.self)
      let pointers = starts.map { start in start.flatMap { base?.advanced(by: $0) } }
      return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
  }
}

/// Lends texts as an array of C strings that ends in nil.
private func withArrayOfCStrings<Result>(_ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result) -> Result {
  let copies = texts.map { strdup($0) }
  defer { copies.forEach { free($0) } }
  let pointers = copies.map { $0.map { UnsafePointer($0) } } + [nil]
  return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
}
