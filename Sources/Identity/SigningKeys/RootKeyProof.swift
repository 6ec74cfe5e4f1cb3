internal import Primitives

/// What is kept to know the root key by: a constant sealed under it.
enum RootKeyProof {
  private static let text = Array("usher root key".utf8)

  static func make(by keys: KeyRing) throws -> String { try keys.proof.seal(text, context: "proof") }

  static func fits(_ proof: String, _ keys: KeyRing) -> Bool { (try? keys.proof.open(proof, context: "proof")) == text }
}

/// The root key was replaced or given up after this process had read it: what it seals nobody could open. Nothing was stored.
package struct RootKeyNotInForce: Error, Sendable, Hashable, CustomStringConvertible {
  package let description =
    "the root key of this process was replaced while it ran; nothing was stored. Stop it, put the new key in the place of the old "
    + "(keys/README.md), and start again"
}

extension KeyRing {
  /// Asked by every transaction that stores something sealed or signed by these keys (THREATS KEY7).
  ///
  /// It has to read the proof itself, whatever was checked at start. So it conflicts with whoever replaces the root key at this moment, and of the two one is
  /// run again: the replacement, which then seals anew what was stored meanwhile, or this one, which is then refused. A store without a proof fits
  /// every key.
  ///
  /// - Throws: `RootKeyNotInForce`.
  func mustBeInForce(_ tx: any Transaction) throws {
    guard let proof = try tx.rootKeyProof(), !RootKeyProof.fits(proof, self) else { return }
    throw RootKeyNotInForce()
  }
}
