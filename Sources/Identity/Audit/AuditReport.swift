package import Primitives

/// What a check of the audit trail found.
package struct AuditReport: Sendable {
  /// How far the trail is sealed, as its signed head says.
  package let head: AuditCheckpoint
  /// How many sealed entries were read, and how many kept checkpoints.
  package internal(set) var entries: Int64 = 0
  package internal(set) var checkpoints: Int64 = 0
  /// Entries that were not sealed at the beginning of the check. Nothing vouches for them yet.
  package let unsealed: Int
  package let oldestUnsealed: Timestamp?
  /// What is wrong, in the order of the trail; the first twenty.
  package private(set) var faults: [AuditFault] = []
  package private(set) var faultCount = 0

  static let toldFaults = 20

  init(head: AuditCheckpoint, unsealed: Int, oldestUnsealed: Timestamp?) {
    self.head = head
    self.unsealed = unsealed
    self.oldestUnsealed = oldestUnsealed
  }

  package var isIntact: Bool { faultCount == 0 }

  mutating func add(_ fault: AuditFault) {
    faultCount += 1
    if faults.count < Self.toldFaults { faults.append(fault) }
  }
}

/// One thing that is not as it was sealed.
package enum AuditFault: Sendable, Hashable, CustomStringConvertible {
  /// No entry has these positions.
  case missing(ClosedRange<Int64>)
  /// What stands at this position is not what was sealed there: it was changed, or moved, or put in the place of another. nil: its columns cannot
  /// even be read.
  case altered(Int64, entry: String?)
  /// It has a link of the chain and stands behind the head.
  case behindHead(Int64, entry: String?)
  /// The entries up to here fit one another, but not what was signed: all of them may have been written anew.
  case otherThanSigned(Int64)
  /// A kept checkpoint that this installation did not sign.
  case checkpointNotGenuine(Int64)
  case headNotGenuine(Int64)
  /// A kept checkpoint lies behind the end of the trail.
  case headSetBack(reached: Int64, ends: Int64)
  /// The checkpoint that was brought along says the trail reached this position; it ends before.
  case cutOff(reached: Int64, ends: Int64)
  /// The checkpoint that was brought along was signed by this installation over something else than what stands here.
  case otherThanKept(Int64)
  case keptNotGenuine

  package var description: String {
    switch self {
    case .missing(let positions) where positions.count == 1: "entry \(positions.lowerBound) is missing"
    case .missing(let positions): "entries \(positions.lowerBound) to \(positions.upperBound) are missing"
    case .altered(let position, let entry):
      "entry \(position)\(Self.name(entry)) is not what was sealed there: it was changed, moved or put in"
    case .behindHead(let position, let entry): "entry \(position)\(Self.name(entry)) was put in behind the sealed end"
    case .otherThanSigned(let position): "the entries up to \(position) are not those that were signed there"
    case .checkpointNotGenuine(let position): "the checkpoint at \(position) was not signed by this installation"
    case .headNotGenuine(let position): "the end of the trail, at \(position), was not signed by this installation"
    case .headSetBack(let reached, let ends): "a checkpoint says the trail reached \(reached), and it ends at \(ends) now"
    case .cutOff(let reached, let ends): "the trail reached \(reached) when your checkpoint was made, and ends at \(ends) now"
    case .otherThanKept(let position): "the entries up to \(position) are not those of your checkpoint"
    case .keptNotGenuine: "your checkpoint was not signed by this installation"
    }
  }

  private static func name(_ entry: String?) -> String { entry.map { " (\(LogText.line($0, limit: 64)))" } ?? "" }
}
