internal import Primitives

/// An audit entry as it lies in the store, column by column, understood or not: what the chain is made over.
///
/// A reader wants an `AuditEntry`; whoever seals or checks the trail wants exactly what is stored.
package struct AuditRecord: Sendable, Hashable {
  package let id: String
  /// Microseconds since 1970, UTC.
  package let happenedAt: Int64
  package let actor: String
  package let event: String
  package let object: String?
  package let organization: String?
  package let outcome: String
  package let address: String?
  package let requestID: String?
  package let details: String?

  package init(
    id: String, happenedAt: Int64, actor: String, event: String, object: String?, organization: String?, outcome: String,
    address: String?, requestID: String?, details: String?
  ) {
    self.id = id
    self.happenedAt = happenedAt
    self.actor = actor
    self.event = event
    self.object = object
    self.organization = organization
    self.outcome = outcome
    self.address = address
    self.requestID = requestID
    self.details = details
  }

  /// The link of the chain that this entry makes at its position: SHA-256 over the link before it and every column, as base64url.
  ///
  /// - Parameter previous: the link of the entry before, `AuditCheckpoint.start.chain` for the first.
  package func link(at position: Int64, after previous: String) -> String {
    var bytes = ExactBytes("usher audit entry v1")
    bytes.append(previous)
    bytes.append(position)
    bytes.append(id)
    bytes.append(happenedAt)
    for text in [actor, event, object, organization, outcome, address, requestID, details] { bytes.append(text) }
    return Base64URL.encode(SHA256Digest.of(bytes.bytes))
  }
}

/// An entry with its place in the chain, as it is stored.
package struct SealedRecord: Sendable, Hashable {
  package let position: Int64
  /// nil when a column holds something it never holds.
  package let record: AuditRecord?
  package let chain: String?

  package init(position: Int64, record: AuditRecord?, chain: String?) {
    self.position = position
    self.record = record
    self.chain = chain
  }
}

/// Bytes that can be read in one way only: every part says what it is and how long. No two lists of values have the same bytes.
struct ExactBytes {
  private(set) var bytes: [UInt8] = []

  /// - Parameter purpose: what the bytes are for, so that they can never pass for something else's.
  init(_ purpose: String) { append(purpose) }

  mutating func append(_ text: String?) {
    guard let text else { return bytes.append(0) }
    bytes.append(1)
    append(bigEndian: UInt64(text.utf8.count))
    bytes += text.utf8
  }

  mutating func append(_ number: Int64) {
    bytes.append(2)
    append(bigEndian: UInt64(bitPattern: number))
  }

  private mutating func append(bigEndian number: UInt64) {
    for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift))) }
  }
}
