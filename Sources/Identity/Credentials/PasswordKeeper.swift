package import Primitives
internal import Synchronization

/// Makes and checks password hashes, on the pool of threads set apart for it, with the peppers of this installation.
///
/// Every call may throw `HashingPool.Full`, which goes up to the door and becomes "try again in a moment".
package final class PasswordKeeper: Sendable {
  /// What comparing a password with a hash told.
  package struct Verification: Sendable, Hashable {
    package let matches: Bool
    /// The password was right, but its hash is cheaper than today's or made with an older pepper: hash it anew and store that.
    package let needsRenewal: Bool

    static let refused = Verification(matches: false, needsRenewal: false)
  }

  package enum Failure: Error, Sendable, Hashable {
    /// No pepper was opened yet: the installation was not prepared.
    case noPepper
    /// The hash names a pepper this process does not hold.
    case unknownPepper(String)
  }

  package let cost: PasswordCost
  private let pool: HashingPool
  private let randomness: any RandomSource
  /// Newest last.
  private let peppers = Mutex<[Pepper]>([])

  package init(pool: HashingPool, cost: PasswordCost, randomness: any RandomSource) {
    self.pool = pool
    self.cost = cost
    self.randomness = randomness
  }

  /// Takes over the opened peppers, oldest first: the last one is used for new hashes, all of them for checking.
  package func replace(peppers opened: [Pepper]) { peppers.withLock { $0 = opened } }

  /// Whether hashes made with this pepper can be checked here.
  package func knows(pepper id: String) -> Bool { peppers.withLock { $0.contains { $0.id == id } } }

  /// Judges a new password by the policy and hashes it, both off the event loops.
  ///
  /// - Throws: `PasswordPolicy.Reason`; `HashingPool.Full`.
  package func hash(
    new password: Password, _ context: PasswordPolicy.Context, by policy: PasswordPolicy
  ) async throws -> PasswordHash {
    if let reason = try await pool.run({ try policy.reason(toRefuse: password, context) }) { throw reason }
    return try await hash(password)
  }

  /// Hashes a password that was judged already, with a fresh salt of 16 bytes.
  package func hash(_ password: Password) async throws -> PasswordHash {
    let pepper = try currentPepper()
    let cost = cost
    let salt = randomness.bytes(16)
    return try await pool.run { try PasswordHash.make(password, cost: cost, pepper: pepper, salt: salt) }
  }

  /// Whether `password` is the one behind `hash`.
  ///
  /// Without a hash (nobody of that name, or somebody without a password) one is derived all the same and thrown away, so that the answer
  /// takes as long as a wrong password does.
  package func verify(_ password: Password, against hash: PasswordHash?) async throws -> Verification {
    let current = try currentPepper()
    let cost = cost
    guard let hash else {
      let salt = [UInt8](repeating: 0, count: 16)
      _ = try await pool.run { try PasswordHash.make(password, cost: cost, pepper: current, salt: salt) }
      return .refused
    }
    guard let pepper = peppers.withLock({ $0.first { $0.id == hash.pepperID } }) else {
      throw Failure.unknownPepper(hash.pepperID)
    }
    let matches = try await pool.run { try hash.verifies(password, pepper: pepper) }
    return Verification(matches: matches, needsRenewal: matches && hash.needsRenewal(cost: cost, pepper: current))
  }

  private func currentPepper() throws -> Pepper {
    guard let pepper = peppers.withLock({ $0.last }) else { throw Failure.noPepper }
    return pepper
  }
}
