package enum PasswordHashError: Error, Hashable, Sendable {
  /// The hash names another pepper than the one given: the caller must look up the right one.
  case otherPepper
  /// The salt of a new hash has fewer than 16 bytes or more than 64.
  case saltOutOfRange
  case derivation(PBKDF2.Failure)
}

/// What is stored in place of a password: HMAC-SHA-256 under the pepper of PBKDF2-HMAC-SHA-512 of the password (32 bytes each), with
/// everything needed to check it later.
///
/// Its text follows the PHC string format: `$pbkdf2-sha512-hmac$v=1,i=210000,p=<pepper id>$<salt>$<tag>`, salt and tag in unpadded
/// Base64. Making and checking take long: see `PBKDF2`.
package struct PasswordHash: Hashable, Sendable {
  package let iterations: Int
  package let pepperID: String
  private let salt: [UInt8]
  private let tag: [UInt8]

  private static let algorithm = "pbkdf2-sha512-hmac"

  /// Hashes a new password. `salt` is 16 fresh random bytes, never used before.
  package static func make(
    _ password: Password, cost: PasswordCost, pepper: Pepper, salt: [UInt8]
  ) throws(PasswordHashError) -> PasswordHash {
    guard (16...64).contains(salt.count) else { throw .saltOutOfRange }
    let tag = try tag(of: password, salt: salt, iterations: cost.iterations, pepper: pepper)
    return PasswordHash(iterations: cost.iterations, pepperID: pepper.id, salt: salt, tag: tag)
  }

  /// Whether `password` is the one this was made from; compared in constant time.
  package func verifies(_ password: Password, pepper: Pepper) throws(PasswordHashError) -> Bool {
    guard pepper.id == pepperID else { throw .otherPepper }
    return ConstantTime.equal(tag, try Self.tag(of: password, salt: salt, iterations: iterations, pepper: pepper))
  }

  /// Whether the next right password should be hashed anew: made at a lower cost, or under a pepper that is no longer the current one.
  package func needsRenewal(cost: PasswordCost, pepper: Pepper) -> Bool {
    iterations < cost.iterations || pepperID != pepper.id
  }

  private static func tag(
    of password: Password, salt: [UInt8], iterations: Int, pepper: Pepper
  ) throws(PasswordHashError) -> [UInt8] {
    let derived: Result<[UInt8], PasswordHashError> = password.withBytes { bytes in
      do throws(PBKDF2.Failure) {
        return .success(
          try PBKDF2.derive(password: bytes, salt: salt, iterations: iterations, length: 32, hash: .sha512))
      } catch {
        return .failure(.derivation(error))
      }
    }
    return MessageAuthenticator(pepper.key).tag(for: try derived.get())
  }

  private init(iterations: Int, pepperID: String, salt: [UInt8], tag: [UInt8]) {
    self.iterations = iterations
    self.pepperID = pepperID
    self.salt = salt
    self.tag = tag
  }
}

extension PasswordHash {
  /// Reads a stored text, or nothing when it is not one that `text` writes. A lower cost than today's minimum is read: passwords must
  /// outlive a raise.
  package init?(_ text: String) {
    let fields = text.split(separator: "$", omittingEmptySubsequences: false)
    guard fields.count == 5, fields[0].isEmpty, fields[1] == Self.algorithm else { return nil }
    let parameters = fields[2].split(separator: ",", omittingEmptySubsequences: false)
    guard parameters.count == 3, parameters[0] == "v=1", parameters[1].hasPrefix("i="), parameters[2].hasPrefix("p="),
      let iterations = Int(parameters[1].dropFirst(2)), (1...PasswordCost.maximum).contains(iterations),
      let pepper = Identifier<Pepper>(String(parameters[2].dropFirst(2))),
      let salt = Base64.decode(String(fields[3]), padded: false), (16...64).contains(salt.count),
      let tag = Base64.decode(String(fields[4]), padded: false), tag.count == 32
    else { return nil }
    self.init(iterations: iterations, pepperID: pepper.text, salt: salt, tag: tag)
  }

  /// The text that is stored.
  package var text: String {
    let parameters = "v=1,i=\(iterations),p=\(pepperID)"
    return "$\(Self.algorithm)$\(parameters)$\(Base64.encode(salt, padded: false))$\(Base64.encode(tag, padded: false))"
  }
}

extension PasswordHash: Redacted {}
