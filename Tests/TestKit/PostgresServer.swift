internal import Foundation
internal import Glibc
internal import StoragePostgres
internal import Synchronization

/// A PostgreSQL server of this test run on a free loopback port, with a database for each store that asks. It is started when the first does, and it
/// is gone with its files when the run ends, however that ends: a shell beside it waits for our end of a pipe to close.
package final class PostgresServer: Sendable {
  package let port: UInt16
  /// Where its files lie: the database in `data`, and `archive`, empty, for what a test has it archive (`../archive` as the server sees it).
  package let folder: String
  private let password: String
  /// Takes commands, and is held open for as long as the server is to be there.
  private let control: FileHandle
  private let answers: Answers

  private final class Answers: Sendable {
    private let source: Mutex<FileHandle>
    init(_ source: FileHandle) { self.source = Mutex(source) }

    /// The next line.
    func next() async -> String {
      await withCheckedContinuation { continuation in
        Thread.detachNewThread { [self] in
          let line = source.withLock { handle in
            var line: [UInt8] = []
            while let byte = handle.nextBytes(atMost: 1).first, byte != 0x0A { line.append(byte) }
            return String(decoding: line, as: UTF8.self)
          }
          continuation.resume(returning: line)
        }
      }
    }
  }

  /// Found by name, so that a machine with another version does.
  private static let binaries: Result<String, any Error> = Result {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    guard let newest = versions.compactMap({ Int($0) }).filter({ $0 >= 15 }).max() else {
      throw TestWorld.Missing(what: "PostgreSQL 15 or newer (deploy/install test)")
    }
    return "\(root)/\(newest)/bin"
  }

  private static let shared = Shared()

  /// The one server of this run.
  package static func ofThisRun() async throws -> PostgresServer { try await shared.server() }

  private actor Shared {
    private var starting: Task<PostgresServer, any Error>?

    func server() async throws -> PostgresServer {
      if let starting { return try await starting.value }
      // Nothing here has to outlive the machine: what survives a crash is shown with servers of their own.
      let task = Task { try await PostgresServer(settings: ["fsync=off", "full_page_writes=off", "synchronous_commit=off"]) }
      starting = task
      return try await task.value
    }
  }

  /// What a server begins with.
  package enum Beginning: Sendable {
    case nothing
    /// A standby of the server, which streams its log.
    case standby(of: PostgresServer)
    /// The files in a folder that `pg_basebackup` made of the server, to be brought on by its archive (`restore_command`).
    case backup(at: String, of: PostgresServer)

    fileprivate var words: [String] {
      switch self {
      case .nothing: ["nothing", ""]
      case .standby(let server): ["standby", server.address(of: "postgres")]
      case .backup(let path, _): ["backup", path]
      }
    }

    /// Whoever begins as another has its password.
    fileprivate var password: String? {
      switch self {
      case .nothing: nil
      case .standby(let server), .backup(_, let server): server.password
      }
    }
  }

  /// - Parameter settings: `name=value`, of the server's configuration.
  package init(from beginning: Beginning = .nothing, settings: [String] = []) async throws {
    let binaries = try Self.binaries.get()
    password = beginning.password ?? UUID().uuidString
    var refusal: any Error = TestWorld.Missing(what: "a PostgreSQL server")
    // Somebody else may take the port between our finding it and the server's listening on it.
    for _ in 1...5 {
      let port = try LoopbackPort.free()
      do {
        (control, answers, folder) = try await Self.start([binaries, "\(port)", password] + beginning.words + settings)
        self.port = port
        return
      } catch { refusal = error }
    }
    throw refusal
  }

  /// The address of a database, as the settings take it.
  package func address(of database: String) -> String {
    "postgresql://usher:\(password)@127.0.0.1:\(port)/\(database)"
  }

  /// The same database on several servers, of which one is written to: a primary and its standbys.
  package static func address(of database: String, on servers: [PostgresServer]) -> String {
    let password = servers.first?.password ?? ""
    let hosts = servers.map { "127.0.0.1:\($0.port)" }.joined(separator: ",")
    return "postgresql://usher:\(password)@\(hosts)/\(database)?target_session_attrs=read-write"
  }

  /// What the programs that come with PostgreSQL take from the environment, those programs first in the path.
  package var environment: [String: String] {
    get throws {
      [
        "PATH": "\(try Self.binaries.get()):/usr/bin:/bin", "PGHOST": "127.0.0.1", "PGPORT": "\(port)", "PGUSER": "usher",
        "PGPASSWORD": password, "PGDATABASE": "postgres",
      ]
    }
  }

  /// Runs statements, by the client that comes with the server.
  @discardableResult
  package func run(_ statements: String, in database: String = "postgres") async throws -> String {
    try await Self.output(
      of: "\(try Self.binaries.get())/psql",
      [
        "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--command", statements,
        address(of: database),
      ])
  }

  /// A database as the statements that make it; equal for equal databases.
  package func dump(_ database: String) async throws -> String {
    let statements = try await Self.output(of: "\(try Self.binaries.get())/pg_dump", ["--dbname", address(of: database)])
    // Newer ones put the whole between two commands that name a random key.
    return statements.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("\\restrict ") && !$0.hasPrefix("\\unrestrict ") }.joined(separator: "\n")
  }

  /// Stops the server as an operator does: connections are ended, what was committed is kept.
  package func stop() async throws { try await tell("stop") }

  /// Ends the server's processes all at once, as a machine that loses its power does.
  package func kill() async throws { try await tell("kill") }

  /// Starts it again, and returns when it takes connections.
  package func start() async throws { try await tell("start") }

  private func tell(_ command: String) async throws {
    try control.write(contentsOf: Data("\(command)\n".utf8))
    let answer = await answers.next()
    guard answer == "done" || answer == "ready" else { throw TestWorld.Missing(what: "a server that can \(command)") }
  }

  private static func start(_ arguments: [String]) async throws -> (FileHandle, Answers, folder: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", script, "postgres"] + arguments
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.start()
    let answers = Answers(output.fileHandleForReading)
    let folder = await answers.next()
    guard await answers.next() == "ready" else { throw TestWorld.Missing(what: "a PostgreSQL server that starts") }
    return (input.fileHandleForWriting, answers, folder)
  }

  /// $1: the server's programs, $2: the port, $3: the password, $4 and $5: what it begins with, then settings. The server does not run as root.
  private static let script = """
    set -u
    folder=$(mktemp -d)
    echo "$folder"
    mkdir "$folder/archive"
    as=()
    binaries=$1 port=$2 beginning=$4 source=$5
    printf '%s' "$3" >"$folder/password"
    shift 5
    settings=()
    for setting in "$@"; do settings+=(-c "$setting"); done
    trap '' INT TERM
    cd "$folder"
    [[ $beginning != backup ]] || { cp -r "$source" data && chmod 700 data && touch data/recovery.signal; }
    if [[ $(id -u) == 0 ]]; then as=(setpriv --reuid=postgres --regid=postgres --clear-groups); chown -R postgres "$folder"; fi
    case $beginning in
    nothing)
      "${as[@]}" "$binaries/initdb" --pgdata="$folder/data" --username=usher --pwfile="$folder/password" --auth=scram-sha-256 \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync
      ;;
    standby)
      "${as[@]}" "$binaries/pg_basebackup" --pgdata="$folder/data" --dbname="$source" --write-recovery-conf --checkpoint=fast --no-sync
      ;;
    esac >"$folder/log" 2>&1
    server=
    start() {
      "${as[@]}" "$binaries/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 \
        -c unix_socket_directories= -c max_connections=400 -c shared_buffers=64MB "${settings[@]}" </dev/null >>"$folder/log" 2>&1 &
      server=$!
      for _ in $(seq 1 600); do
        if "$binaries/pg_isready" -q -h 127.0.0.1 -p "$port"; then echo ready; return; fi
        kill -0 "$server" 2>/dev/null || break
        sleep 0.05
      done
      echo failed
    }
    finish() { [[ -z $server ]] || { kill "-$1" "$server" 2>/dev/null; wait "$server" 2>/dev/null; }; server=; }
    start
    while read -r command; do
      case $command in
      stop) finish INT; echo done ;;
      kill)
        # It stands still meanwhile, so that it does not notice.
        kill -STOP "$server"
        kill -KILL $(cat "/proc/$server/task/$server/children") "$server"
        wait "$server" 2>/dev/null
        server=
        echo done
        ;;
      start) start ;;
      esac
    done
    finish QUIT
    cd /
    rm -rf "$folder"
    """

  private static func output(of program: String, _ arguments: [String]) async throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    let (ended, end) = AsyncStream.makeStream(of: Void.self)
    process.terminationHandler = { _ in end.finish() }
    try process.start()
    let (said, complained) = await withCheckedContinuation { (continuation: CheckedContinuation<(String, String), Never>) in
      Thread.detachNewThread {
        let said = String(decoding: output.fileHandleForReading.bytesToEnd(), as: UTF8.self)
        continuation.resume(returning: (said, String(decoding: errors.fileHandleForReading.bytesToEnd(), as: UTF8.self)))
      }
    }
    for await _ in ended {}
    guard process.terminationStatus == 0 else { throw TestWorld.Missing(what: "an answer of the server: \(complained)") }
    return said.trimmingCharacters(in: .newlines)
  }
}
