internal import HummingbirdCore
internal import Logging

/// How many connections are open at once. Past that none is accepted until one ends; those that wait stand in the backlog of the system (THREATS
/// OVR2).
///
/// Usher keeps below what the system would give, because the database needs files too: what cannot be accepted waits, what cannot be
/// stored is lost to somebody.
struct ConnectionBound: AvailableConnectionsDelegate {
  private let bound: Int
  private let logger: Logger
  private var open = 0
  /// It is told once, and again only after half of the places were free: at the bound connections come and go.
  private var isTold = false

  init(_ bound: Int, logger: Logger) {
    self.bound = bound
    self.logger = logger
  }

  mutating func connectionOpened() {
    open += 1
    guard open >= bound, !isTold else { return }
    isTold = true
    logger.warning("as many connections as may be are open; others wait until one ends", metadata: ["connections": "\(open)"])
  }

  mutating func connectionClosed() {
    open -= 1
    if open <= bound / 2 { isTold = false }
  }

  func isAcceptingNewConnections() -> Bool { open < bound }
}
