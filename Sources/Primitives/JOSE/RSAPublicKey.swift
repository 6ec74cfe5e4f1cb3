internal import COpenSSL

/// An RSA public key in OpenSSL's keeping, for RSASSA-PKCS1-v1_5 with SHA-256.
final class RSAPublicKey: Sendable {
  let modulus: [UInt8]
  let exponent: [UInt8]
  /// Owned by this object alone: made in `init`, freed in `deinit`, never changed between; see `RSAKeyPair`.
  private nonisolated(unsafe) let key: OpaquePointer

  /// Fewer bits can be factored; more only cost time that a stranger's key could make us spend.
  static let allowedBits = 2048...8192

  /// The key of a modulus and exponent in big-endian bytes, or nothing when the size is not allowed or the exponent is even or below
  /// 65537 (NIST SP 800-56B §6.2).
  init?(modulus: [UInt8], exponent: [UInt8]) {
    let bits = modulus.count * 8 - (modulus.first?.leadingZeroBitCount ?? 0)
    let isLarge = exponent.count > 3 || (exponent.count == 3 && exponent.lexicographicallyPrecedes([1, 0, 1]) == false)
    guard modulus.first != 0, Self.allowedBits.contains(bits), modulus.last.map({ $0 & 1 == 1 }) == true,
      exponent.first != 0, exponent.count <= 8, isLarge, exponent.last.map({ $0 & 1 == 1 }) == true,
      let key = Self.key(modulus: modulus, exponent: exponent)
    else { return nil }
    self.modulus = modulus
    self.exponent = exponent
    self.key = key
  }

  deinit {
    EVP_PKEY_free(key)
  }

  private static func key(modulus: [UInt8], exponent: [UInt8]) -> OpaquePointer? {
    guard let builder = OSSL_PARAM_BLD_new() else { return nil }
    defer { OSSL_PARAM_BLD_free(builder) }
    // The builder keeps the addresses of the numbers until `to_param`, so they are freed only at the end.
    let n = BN_bin2bn(modulus, Int32(modulus.count), nil)
    defer { BN_free(n) }
    let e = BN_bin2bn(exponent, Int32(exponent.count), nil)
    defer { BN_free(e) }
    guard let n, let e, usher_OSSL_PARAM_BLD_push_RSA_public(builder, n, e) == 1,
      let parameters = OSSL_PARAM_BLD_to_param(builder)
    else { return nil }
    defer { OSSL_PARAM_free(parameters) }
    guard let context = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil) else { return nil }
    defer { EVP_PKEY_CTX_free(context) }
    var key: OpaquePointer?
    guard EVP_PKEY_fromdata_init(context) == 1, EVP_PKEY_fromdata(context, &key, usher_EVP_PKEY_PUBLIC_KEY(), parameters) == 1
    else {
      ERR_clear_error()
      return nil
    }
    return key
  }

  func verifies(_ signature: [UInt8], _ message: [UInt8]) -> Bool {
    guard signature.count == modulus.count, let context = EVP_MD_CTX_new() else { return false }
    defer { EVP_MD_CTX_free(context) }
    let isValid =
      EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1
      && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    // A refused signature leaves a note in the thread's error queue that nobody will read.
    if !isValid { ERR_clear_error() }
    return isValid
  }
}
