package import Primitives

/// A stored letter's content that cannot be understood: not JSON, an unknown kind, or members other than its kind has.
package struct UnreadableLetterContent: Error, Hashable, Sendable {}

/// The content of a letter as the JSON that rests, sealed, in the outbox: `kind` and the members of that kind, none missing and none more.
extension LetterContent {
  package func encoded() -> [UInt8] { object.encoded() }

  package init(encoded bytes: [UInt8]) throws(UnreadableLetterContent) {
    guard let json = try? JSON.parse(bytes, maximumDepth: 2), let object = json.objectValue else {
      throw UnreadableLetterContent()
    }
    var members = Members(object)
    self = try Self.read(&members)
    guard members.allRead else { throw UnreadableLetterContent() }
  }

  private var object: JSONObject {
    switch self {
    case .agreementInvitation(let organization, let agreement, let link, let expiresAt):
      [
        "kind": "agreement-invitation", "organization": .string(organization), "agreement": .string(agreement),
        "link": .string(link),
        "expires_at": .integer(expiresAt.microseconds),
      ]
    case .agreementAdded(let organization, let agreement, let signInURL):
      [
        "kind": "agreement-added", "organization": .string(organization), "agreement": .string(agreement),
        "sign_in_url": .string(signInURL),
      ]
    case .memberInvitation(let inviter, let organization, let link, let expiresAt):
      [
        "kind": "member-invitation", "inviter": .string(inviter), "organization": .string(organization), "link": .string(link),
        "expires_at": .integer(expiresAt.microseconds),
      ]
    case .alreadyAccepted(let organization, let signInURL):
      ["kind": "already-accepted", "organization": .string(organization), "sign_in_url": .string(signInURL)]
    case .confirmAddress(let link, let expiresAt):
      ["kind": "confirm-address", "link": .string(link), "expires_at": .integer(expiresAt.microseconds)]
    case .alreadySignedUp(let signInURL):
      ["kind": "already-signed-up", "sign_in_url": .string(signInURL)]
    case .passwordChanged(let at, let profileURL):
      ["kind": "password-changed", "at": .integer(at.microseconds), "profile_url": .string(profileURL)]
    case .administratorReplaced(let organization, let agreement):
      ["kind": "administrator-replaced", "organization": .string(organization), "agreement": .string(agreement)]
    case .invitationResent(let organization, let agreement):
      ["kind": "invitation-resent", "organization": .string(organization), "agreement": .string(agreement)]
    }
  }

  private static func read(_ members: inout Members) throws(UnreadableLetterContent) -> LetterContent {
    switch try members.text("kind") {
    case "agreement-invitation":
      .agreementInvitation(
        organization: try members.text("organization"), agreement: try members.text("agreement"), link: try members.text("link"),
        expiresAt: try members.time("expires_at"))
    case "agreement-added":
      .agreementAdded(
        organization: try members.text("organization"), agreement: try members.text("agreement"),
        signInURL: try members.text("sign_in_url"))
    case "member-invitation":
      .memberInvitation(
        inviter: try members.text("inviter"), organization: try members.text("organization"), link: try members.text("link"),
        expiresAt: try members.time("expires_at"))
    case "already-accepted":
      .alreadyAccepted(organization: try members.text("organization"), signInURL: try members.text("sign_in_url"))
    case "confirm-address":
      .confirmAddress(link: try members.text("link"), expiresAt: try members.time("expires_at"))
    case "already-signed-up":
      .alreadySignedUp(signInURL: try members.text("sign_in_url"))
    case "password-changed":
      .passwordChanged(at: try members.time("at"), profileURL: try members.text("profile_url"))
    case "administrator-replaced":
      .administratorReplaced(organization: try members.text("organization"), agreement: try members.text("agreement"))
    case "invitation-resent":
      .invitationResent(organization: try members.text("organization"), agreement: try members.text("agreement"))
    default: throw UnreadableLetterContent()
    }
  }
}

extension LetterContent {
  /// The content as it rests in the outbox. Bound to its letter, so that one letter's link cannot be moved into another's row.
  package func sealed(by sealer: Sealer, for letter: LetterID) throws -> String {
    try sealer.seal(encoded(), context: letter.text)
  }

  /// Opens what `sealed` made.
  ///
  /// - Throws: `UnreadableLetterContent` when another root key sealed it, it belongs to another letter, or it was changed.
  package init(opening letter: Letter, with sealer: Sealer) throws(UnreadableLetterContent) {
    guard let bytes = try? sealer.open(letter.sealedContent, context: letter.id.text) else { throw UnreadableLetterContent() }
    try self.init(encoded: bytes)
  }
}

/// Takes members out one by one, so that what is left over is noticed.
private struct Members {
  private var rest: JSONObject

  init(_ object: JSONObject) { rest = object }

  var allRead: Bool { rest.members.isEmpty }

  mutating func text(_ name: String) throws(UnreadableLetterContent) -> String {
    guard case .string(let text)? = rest[name] else { throw UnreadableLetterContent() }
    rest[name] = nil
    return text
  }

  mutating func time(_ name: String) throws(UnreadableLetterContent) -> Timestamp {
    guard case .integer(let microseconds)? = rest[name] else { throw UnreadableLetterContent() }
    rest[name] = nil
    return Timestamp(microseconds: microseconds)
  }
}
