package import Primitives

/// A signed statement of how far the audit trail went at a moment, and what its chain was there.
///
/// The newest one is the head of the chain; some are kept on the way. Whoever keeps one outside the database can prove later that everything up to
/// it is still there, unchanged.
package struct AuditCheckpoint: Sendable, Hashable {
  /// How many entries are sealed up to here: the position of the last of them.
  package let position: Int64
  /// The chain's link at that position.
  package let chain: String
  package let sealedAt: Timestamp
  /// Ed25519 by a key derived from the root key, as base64url.
  package let signature: String

  package init(position: Int64, chain: String, sealedAt: Timestamp, signature: String) {
    self.position = position
    self.chain = chain
    self.sealedAt = sealedAt
    self.signature = signature
  }

  /// Before the first entry. The one that nobody signs.
  package static let start = AuditCheckpoint(position: 0, chain: "", sealedAt: Timestamp(microseconds: 0), signature: "")

  package static func signed(position: Int64, chain: String, sealedAt: Timestamp, by signer: MessageSigner) throws
    -> AuditCheckpoint
  {
    let bytes = signedBytes(position, chain, sealedAt)
    return AuditCheckpoint(
      position: position, chain: chain, sealedAt: sealedAt, signature: Base64URL.encode(try signer.sign(bytes)))
  }

  package func isGenuine(_ verifier: MessageVerifier) -> Bool {
    guard let signature = Base64URL.decode(signature) else { return false }
    return verifier.verifies(signature, for: Self.signedBytes(position, chain, sealedAt))
  }

  private static func signedBytes(_ position: Int64, _ chain: String, _ sealedAt: Timestamp) -> [UInt8] {
    var bytes = ExactBytes("usher audit checkpoint v1")
    bytes.append(position)
    bytes.append(chain)
    bytes.append(sealedAt.microseconds)
    return bytes.bytes
  }
}

/// The one line in which a checkpoint is kept elsewhere: `usher-audit-1.<position>.<chain>.<microseconds>.<signature>`.
extension AuditCheckpoint {
  private static let mark = "usher-audit-1"

  package var line: String { "\(Self.mark).\(position).\(chain).\(sealedAt.microseconds).\(signature)" }

  /// nil when the text is no such line. Whether it is genuine is another question.
  package init?(line: String) {
    let parts = line.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 5, parts[0] == Self.mark, let position = Int64(parts[1]), position > 0, let moment = Int64(parts[3])
    else {
      return nil
    }
    self.init(position: position, chain: parts[2], sealedAt: Timestamp(microseconds: moment), signature: parts[4])
  }
}
