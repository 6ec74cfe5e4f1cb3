package import Identity
internal import Primitives

extension SQLTransaction: SealedStore {
  package func resealPeppers(_ seal: (_ id: String, _ sealed: String) throws -> String?) throws -> Int {
    try reseal("peppers", "sealed", seal)
  }

  package func resealSigningKeys(_ seal: (_ id: String, _ sealed: String) throws -> String?) throws -> Int {
    changed.signingKeys = true
    return try reseal("signing_keys", "sealed", seal)
  }

  package func resealLetters(_ seal: (_ id: String, _ sealed: String) throws -> String?) throws -> Int {
    let ofOlderInstances = try reseal("letters", "sealed_content", seal)
    let jobs = try rows("SELECT id, carries FROM jobs WHERE kind = $1", [.state(Job.Kind.letter)]) { row in
      (id: try row.text(0), carries: try row.text(1))
    }
    var count = 0
    for job in jobs {
      // One that cannot be read was written by a newer version, or is broken; whoever carries letters says so.
      guard var carried = (try? JSON.parse(job.carries.utf8))?.objectValue, let sealed = carried["sealed"]?.stringValue,
        let anew = try seal(job.id, sealed)
      else { continue }
      carried["sealed"] = .string(anew)
      count += try change("UPDATE jobs SET carries = $2 WHERE id = $1", [.text(job.id), .text(carried.text)])
    }
    return ofOlderInstances + count
  }

  package func resignAudit(_ sign: (AuditCheckpoint) throws -> AuditCheckpoint?) throws -> Int {
    var count = 0
    let head = try auditHead()
    if head != .start, let signed = try sign(head), try moveAuditHead(from: head, to: signed) { count += 1 }
    var position: Int64 = 0
    while case let kept = try auditCheckpoints(after: position, limit: 500), let last = kept.last {
      position = last.position
      for checkpoint in kept {
        guard let signed = try sign(checkpoint) else { continue }
        count += try change(
          "UPDATE audit_checkpoints SET signature = $2 WHERE position = $1", [.integer(signed.position), .text(signed.signature)])
      }
    }
    return count
  }

  package func discardSealed() throws -> (passwords: Int, letters: Int) {
    changed.signingKeys = true
    try change("DELETE FROM signing_keys", [])
    let passwords = try change("DELETE FROM passwords", [])
    try change("DELETE FROM peppers", [])
    let letters = try change("DELETE FROM letters", []) + change("DELETE FROM jobs WHERE kind = $1", [.state(Job.Kind.letter)])
    return (passwords, letters)
  }

  private func reseal(
    _ table: String, _ column: String, _ seal: (_ id: String, _ sealed: String) throws -> String?
  ) throws -> Int {
    let sealed = try rows("SELECT id, \(column) FROM \(table)", []) { row in (id: try row.text(0), text: try row.text(1)) }
    return try sealed.reduce(0) { count, old in
      guard let anew = try seal(old.id, old.text) else { return count }
      return count + (try change("UPDATE \(table) SET \(column) = $2 WHERE id = $1", [.text(old.id), .text(anew)]))
    }
  }
}
