internal import COpenSSL

/// PBKDF2 with HMAC (RFC 8018 §5.2), done by OpenSSL.
///
/// It takes long on purpose (about 200 ms of one core at the default cost): never call it on an event loop or on Swift's own threads.
package enum PBKDF2 {
  package enum Hash: Sendable {
    case sha1, sha256, sha512
  }

  package enum Failure: Error, Hashable, Sendable {
    /// Fewer than one iteration, no output asked for, or a length OpenSSL cannot count.
    case parametersOutOfRange
    /// OpenSSL refused; it does so only without memory or without the hash.
    case derivationFailed
  }

  package static func derive(
    password: UnsafeBufferPointer<UInt8>, salt: [UInt8], iterations: Int, length: Int, hash: Hash
  ) throws(Failure) -> [UInt8] {
    guard length > 0, let iterations = Int32(exactly: iterations), iterations > 0, let outputLength = Int32(exactly: length),
      let passwordLength = Int32(exactly: password.count), let saltLength = Int32(exactly: salt.count)
    else { throw .parametersOutOfRange }
    var output = [UInt8](repeating: 0, count: length)
    let isDerived = password.withMemoryRebound(to: CChar.self) { password in
      // An empty buffer has no address, and OpenSSL reads a missing password as the empty one.
      PKCS5_PBKDF2_HMAC(
        password.baseAddress, passwordLength, salt, saltLength, iterations, hash.algorithm, outputLength, &output)
    }
    guard isDerived == 1 else { throw .derivationFailed }
    return output
  }

  package static func derive(
    password: [UInt8], salt: [UInt8], iterations: Int, length: Int, hash: Hash
  ) throws(Failure) -> [UInt8] {
    let result: Result<[UInt8], Failure> = password.withUnsafeBufferPointer { bytes in
      do throws(Failure) {
        return .success(try derive(password: bytes, salt: salt, iterations: iterations, length: length, hash: hash))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}

extension PBKDF2.Hash {
  /// OpenSSL's own constant for the hash; it is never freed.
  fileprivate var algorithm: OpaquePointer? {
    switch self {
    case .sha1: EVP_sha1()
    case .sha256: EVP_sha256()
    case .sha512: EVP_sha512()
    }
  }
}
