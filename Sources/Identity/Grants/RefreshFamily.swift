package import Primitives

/// All the refresh tokens of one grant, of which only the newest counts: one row, however often it is renewed.
package struct RefreshFamily: Sendable, Hashable {
  /// Of the half that every token of the family has in common.
  package let digest: SecretDigest
  package let grant: GrantID
  /// Of the other half of the token that counts now.
  package var turn: SecretDigest
  /// When that one was given.
  package var issuedAt: Timestamp
  /// Idle end: used later than this it is refused.
  package var expiresAt: Timestamp

  package init(digest: SecretDigest, grant: GrantID, turn: SecretDigest, issuedAt: Timestamp, expiresAt: Timestamp) {
    self.digest = digest
    self.grant = grant
    self.turn = turn
    self.issuedAt = issuedAt
    self.expiresAt = expiresAt
  }
}

/// A refresh token as its application holds it: the secret of its family, and that of its turn, which is good once.
///
/// Whoever shows a family that we know with any other turn than its current one holds a token that was renewed before (or has changed one that
/// they hold), and nobody else can: the family is 256 random bits that only its tokens carry. So one row recognizes every used token for as
/// long as the grant lives (RFC 9700 §4.14.2; THREATS REF1).
package struct RefreshSecret: Sendable, Redacted {
  private static let half = 43

  private let family: SecretToken
  private let turn: SecretToken

  /// The first of a family.
  package init(startedOn occasion: Occasion) {
    family = occasion.newSecret()
    turn = occasion.newSecret()
  }

  /// - Returns: nil for what has not the form of one: codes, links and signed tokens never do.
  package init?(presented text: String) {
    guard text.utf8.count == 2 * Self.half, text.utf8.allSatisfy({ $0 < 0x80 }), !text.contains(".") else { return nil }
    family = SecretToken(presented: String(text.prefix(Self.half)))
    turn = SecretToken(presented: String(text.suffix(Self.half)))
  }

  private init(family: SecretToken, turn: SecretToken) {
    self.family = family
    self.turn = turn
  }

  /// Its successor in the same family.
  package func next(on occasion: Occasion) -> RefreshSecret { RefreshSecret(family: family, turn: occasion.newSecret()) }

  package var familyDigest: SecretDigest { family.digest }
  package var turnDigest: SecretDigest { turn.digest }

  /// The text on the wire: 86 signs of base64url.
  package func reveal() -> String { family.reveal() + turn.reveal() }
}
