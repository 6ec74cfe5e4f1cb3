package import Primitives

/// The peppers at rest: secrets mixed into every password hash, sealed by the root key, so that a stolen database alone cannot be guessed at.
package enum PepperVault {
  /// Makes the first pepper where there is none, and returns all of them as stored, oldest first.
  package static func ensure(_ tx: any Transaction, _ occasion: Occasion, keys: KeyRing) throws -> [StoredPepper] {
    let stored = try tx.peppers()
    return stored.isEmpty ? [try add(to: tx, occasion, keys: keys)] : inOrder(stored)
  }

  /// Adds a pepper, which from now on is the current one. Hashes made with older ones stay good and are renewed at their next use.
  @discardableResult
  package static func add(to tx: any Transaction, _ occasion: Occasion, keys: KeyRing) throws -> StoredPepper {
    try keys.mustBeInForce(tx)
    let pepper = Pepper.make(id: occasion.newID(), from: occasion.randomness)
    let sealed = try keys.peppers.seal(pepper.revealKey(), context: pepper.id)
    let stored = StoredPepper(id: pepper.id, sealed: sealed, createdAt: occasion.now)
    try tx.insert(stored)
    try tx.record(.pepperMade, on: "pepper:\(pepper.id)", in: nil, occasion)
    return stored
  }

  /// Opens the stored peppers for `PasswordKeeper`, oldest first.
  ///
  /// - Throws: when one does not open: the root key is not the one that sealed it.
  package static func open(_ stored: [StoredPepper], keys: KeyRing) throws -> [Pepper] {
    try inOrder(stored).map { row in
      guard let pepper = Pepper(id: row.id, key: try keys.peppers.open(row.sealed, context: row.id)) else {
        throw StoreError.unreadable("pepper \(row.id)")
      }
      return pepper
    }
  }

  private static func inOrder(_ stored: [StoredPepper]) -> [StoredPepper] {
    stored.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
  }
}
