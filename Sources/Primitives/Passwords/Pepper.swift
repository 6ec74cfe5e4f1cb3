/// A secret of the installation that is mixed into every password hash and kept apart from them (sealed by the root key), so that stolen
/// hashes alone cannot even be guessed at. The id, 1 to 64 signs of `a-z`, `0-9` and `-`, stands in each hash and allows several at a time.
package struct Pepper: Sendable, Redacted {
  package let id: String
  let key: SymmetricSecret

  /// Nothing when the id could not stand in a hash or the key has fewer than 32 bytes.
  package init?(id: String, key: [UInt8]) {
    guard Identifier<Pepper>(id) != nil, key.count >= 32 else { return nil }
    self.id = id
    self.key = SymmetricSecret(key)
  }

  /// The bytes of the key, for the one place that seals them.
  package func revealKey() -> [UInt8] { key.reveal() }

  package static func make(id: Identifier<Pepper>, from random: any RandomSource) -> Pepper {
    Pepper(id: id, key: random.bytes(32))
  }

  private init(id: Identifier<Pepper>, key: [UInt8]) {
    self.id = id.text
    self.key = SymmetricSecret(key)
  }
}
