/// A way out of the house for a composed message: an SMTP server, or a folder.
package protocol MailTransport: Sendable {
  /// Hands the message over; returns only when the other side has taken responsibility for it.
  ///
  /// Cancelling the task breaks the delivery off, which fails as `.temporary`. A delivery that failed may have arrived all the same (the
  /// connection broke before the answer came); it is repeated with the same Message-ID.
  func deliver(_ message: ComposedMessage) async throws(DeliveryFailure)
}

/// Why a message was not handed over. The reason is for operators: what happened in few words, never an address, a name or a link.
package enum DeliveryFailure: Error, Hashable, Sendable {
  /// It may work later: server down, slow, not trusted, in need of another setting.
  case temporary(String)
  /// The other side will never take this letter: the mailbox does not exist, the message is refused for good.
  case permanent(String)

  package var reason: String {
    switch self {
    case .temporary(let reason), .permanent(let reason): reason
    }
  }
}
