package import Identity
package import Primitives

/// Takes letters out of an outbox and opens them, as if they had been delivered.
package struct LetterBox: Sendable {
  package struct Received: Sendable {
    package let letter: Letter
    package let content: LetterContent

    package var recipient: String { letter.recipient.text }

    /// The one-time link, where the letter carries one.
    package var link: String? {
      switch content {
      case .agreementInvitation(_, _, let link, _), .memberInvitation(_, _, let link, _), .confirmAddress(let link, _): link
      case .agreementAdded, .alreadyAccepted, .alreadySignedUp, .passwordChanged, .administratorReplaced, .invitationResent: nil
      }
    }
  }

  private let store: any Store
  private let sealer: Sealer

  /// - Parameter sealer: what sealed the letters, `KeyRing.outbox`.
  package init(_ store: any Store, sealer: Sealer) {
    self.store = store
    self.sealer = sealer
  }

  /// The letters that are due, oldest first; afterwards the outbox holds them no more.
  package func collect(at now: Timestamp) async throws -> [Received] {
    let letters = try await store.write { tx in
      let due = try tx.takeDueLetters(at: now, retryAt: now, limit: 1_000)
      for letter in due { try tx.removeLetter(letter.id) }
      return due
    }
    return try letters.map { Received(letter: $0, content: try LetterContent(opening: $0, with: sealer)) }
  }
}
