internal import Identity
internal import Primitives

/// The secrets of an application in one column: a JSON list of `{"digest", "created_at", "expires_at"}`, times in microseconds.
enum ApplicationSecrets {
  static func encode(_ secrets: [Application.Secret]) -> String {
    JSON.array(
      secrets.map { secret in
        var object: JSONObject = [
          "digest": .string(secret.digest.text), "created_at": .integer(secret.createdAt.microseconds),
        ]
        object["expires_at"] = secret.expiresAt.map { .integer($0.microseconds) }
        return .object(object)
      }
    ).text
  }

  static func decode(_ text: String) throws -> [Application.Secret] {
    guard let elements = (try? JSON.parse(text.utf8))?.arrayValue else { throw unreadable }
    return try elements.map { element in
      guard let object = element.objectValue, let digest = object["digest"]?.stringValue,
        let createdAt = object["created_at"]?.intValue
      else { throw unreadable }
      let expiresAt: Timestamp? =
        switch object["expires_at"] {
        case nil: nil
        case .integer(let microseconds)?: Timestamp(microseconds: microseconds)
        default: throw unreadable
        }
      return Application.Secret(
        digest: SecretDigest(stored: digest), createdAt: Timestamp(microseconds: createdAt), expiresAt: expiresAt)
    }
  }

  private static var unreadable: StoreError { .unreadable("a column holds no application secrets") }
}
