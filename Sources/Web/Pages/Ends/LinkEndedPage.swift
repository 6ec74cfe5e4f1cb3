package import Localization

/// What a link from a letter shows when it no longer works, with the way to a new one. Names nobody: whoever holds an old link may be anybody.
package struct LinkEndedPage: Page {
  package enum Reason: Sendable { case used, expired, replaced, withdrawn, unknown }

  package enum Kind: Sendable { case invitation, confirmation }

  package static let template = "link-ended"
  package var frame: PageFrame
  package var kind: Kind
  package var reason: Reason

  package init(frame: PageFrame, kind: Kind, reason: Reason) {
    self.frame = frame
    self.kind = kind
    self.reason = reason
  }

  package func title(_ say: Sentences) -> String {
    switch reason {
    case .used: say.linkEnded.usedTitle
    case .expired: say.linkEnded.expiredTitle
    case .replaced: say.linkEnded.replacedTitle
    case .withdrawn: say.linkEnded.withdrawnTitle
    case .unknown: say.linkEnded.unknownTitle
    }
  }

  package func view(_ say: Sentences) -> View {
    [
      "explanation": explanation(say), "used": reason == .used, "invitation": kind == .invitation && reason != .used,
      "confirmation": kind == .confirmation && reason != .used,
    ]
  }

  private func explanation(_ say: Sentences) -> String {
    switch reason {
    case .used: say.linkEnded.used
    case .expired: say.linkEnded.expired
    case .replaced: say.linkEnded.replaced
    case .withdrawn: say.linkEnded.withdrawn
    case .unknown: say.linkEnded.unknown
    }
  }
}
