internal import Glibc
internal import Logging

/// How many files this process may have open, and how many of them connections may be.
enum OpenFiles {
  /// For the database and its log, threads, letters on their way, and files read at start; an idle server holds some 40 open. It must never run
  /// out: Dispatch ends a process that can open no file at all (seen with Swift 6.3.1 in `_dispatch_workq_monitor_pools`).
  static let reserve = 128
  static let fewestConnections = 16
  /// A connection costs memory too, so that the system's limit alone is no bound.
  static let mostConnections = 10_000

  static var limit: Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
    return Int(clamping: limit.rlim_cur)
  }

  /// - Parameter wished: as it was configured; 0 for as many as can be.
  /// - Throws: `StartRefusal` when there is not even room for a few.
  static func connections(wished: Int, of limit: Int = OpenFiles.limit, logger: Logger) throws(StartRefusal) -> Int {
    let most = limit - reserve
    guard most >= fewestConnections else {
      throw StartRefusal(
        "this process may have \(limit) files open, which leaves no room for connections: it takes \(reserve + fewestConnections) at "
          + "least (ulimit -n, LimitNOFILE).")
    }
    guard wished > 0 else { return min(most, mostConnections) }
    if wished > most {
      logger.warning(
        "fewer connections than configured: the process may not have more files open",
        metadata: ["connections": "\(most)", "open_files": "\(limit)"])
    }
    return min(wished, most)
  }
}
