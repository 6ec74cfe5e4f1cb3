internal import COpenSSL

/// An RSA private key in OpenSSL's keeping, for RSASSA-PKCS1-v1_5 with SHA-256.
final class RSAKeyPair: Sendable {
  /// Owned by this object alone: made in `init`, freed in `deinit`, never changed between. OpenSSL allows one EVP_PKEY to be used by
  /// several threads at once as long as none changes it, so no lock is needed.
  private nonisolated(unsafe) let key: OpaquePointer

  private init(owning key: OpaquePointer) {
    self.key = key
  }

  deinit {
    EVP_PKEY_free(key)
  }

  static func generate(bits: Int32 = 3072) throws(SigningKeyError) -> RSAKeyPair {
    guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil) else { throw .libraryFailed }
    defer { EVP_PKEY_CTX_free(context) }
    var made: OpaquePointer?
    guard EVP_PKEY_keygen_init(context) == 1, usher_EVP_PKEY_CTX_set_rsa_keygen_bits(context, bits) == 1,
      EVP_PKEY_keygen(context, &made) == 1, let key = made
    else { throw .libraryFailed }
    return RSAKeyPair(owning: key)
  }

  /// Reads PKCS #1 DER.
  convenience init(der: [UInt8]) throws(SigningKeyError) {
    let key = der.withUnsafeBufferPointer { bytes in
      var start = bytes.baseAddress
      let key = d2i_PrivateKey(EVP_PKEY_RSA, nil, &start, bytes.count)
      // What follows the key is not ours to ignore.
      guard let key, start == bytes.baseAddress.map({ $0 + bytes.count }) else {
        EVP_PKEY_free(key)
        return nil as OpaquePointer?
      }
      return key
    }
    guard let key else {
      ERR_clear_error()
      throw .notAKey
    }
    self.init(owning: key)
    guard RSAPublicKey.allowedBits.contains(Int(EVP_PKEY_get_bits(key))) else { throw .notAKey }
  }

  /// PKCS #1 DER of the private key.
  func der() throws(SigningKeyError) -> [UInt8] {
    let length = i2d_PrivateKey(key, nil)
    guard length > 0 else { throw .libraryFailed }
    var bytes = [UInt8](repeating: 0, count: Int(length))
    let written = bytes.withUnsafeMutableBufferPointer { bytes in
      var start = bytes.baseAddress
      return i2d_PrivateKey(key, &start)
    }
    guard written == length else { throw .libraryFailed }
    return bytes
  }

  func sign(_ message: [UInt8]) throws(SigningKeyError) -> [UInt8] {
    guard let context = EVP_MD_CTX_new() else { throw .libraryFailed }
    defer { EVP_MD_CTX_free(context) }
    var length = Int(EVP_PKEY_get_size(key))
    var signature = [UInt8](repeating: 0, count: length)
    guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1,
      EVP_DigestSign(context, &signature, &length, message, message.count) == 1
    else {
      ERR_clear_error()
      throw .libraryFailed
    }
    return Array(signature.prefix(length))
  }

  func publicKey() -> RSAPublicKey? {
    guard let modulus = number(OSSL_PKEY_PARAM_RSA_N), let exponent = number(OSSL_PKEY_PARAM_RSA_E) else { return nil }
    return RSAPublicKey(modulus: modulus, exponent: exponent)
  }

  /// A public number of the key as big-endian bytes without leading zeros.
  private func number(_ name: String) -> [UInt8]? {
    var number: OpaquePointer?
    guard EVP_PKEY_get_bn_param(key, name, &number) == 1 else { return nil }
    defer { BN_free(number) }
    var bytes = [UInt8](repeating: 0, count: Int(BN_num_bits(number) + 7) / 8)
    BN_bn2bin(number, &bytes)
    return bytes
  }
}
