import Crypto
import Primitives
import TestKit
import Testing

@Suite(.rule("RFC 8018 §5.2")) struct DerivingFromPasswords {
  private func derive(
    _ password: String, _ salt: String, _ iterations: Int, _ length: Int, _ hash: PBKDF2.Hash
  ) throws(PBKDF2.Failure) -> String {
    Hex.encode(
      try PBKDF2.derive(
        password: Array(password.utf8), salt: Array(salt.utf8), iterations: iterations, length: length, hash: hash))
  }

  @Test(
    .rule("RFC 7914 §11"),
    arguments: [
      (
        "passwd", "salt", 1,
        "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"
      ),
      (
        "Password", "NaCl", 80_000,
        "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d"
      ),
    ])
  func `the vectors for SHA-256`(password: String, salt: String, iterations: Int, output: String) throws {
    #expect(try derive(password, salt, iterations, 64, .sha256) == output)
  }

  @Test(
    .rule("RFC 6070 §2"),
    arguments: [
      ("password", "salt", 1, 20, "0c60c80f961f0e71f3a9b524af6012062fe037a6"),
      ("password", "salt", 2, 20, "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957"),
      ("password", "salt", 4096, 20, "4b007901b765489abead49d926f721d065a429c1"),
      (
        "passwordPASSWORDpassword", "saltSALTsaltSALTsaltSALTsaltSALTsalt", 4096, 25,
        "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038"
      ),
      ("pass\0word", "sa\0lt", 4096, 16, "56fa6aa75548099dcc37d7f03425e0c3"),
    ])
  func `the vectors for SHA-1`(password: String, salt: String, iterations: Int, length: Int, output: String) throws {
    #expect(try derive(password, salt, iterations, length, .sha1) == output)
  }

  @Test(arguments: ["", "password", "pass\0word", "пароль из многих слов", String(repeating: "long ", count: 60)])
  func `SHA-512 agrees with the definition written over another library's HMAC`(password: String) throws {
    let salt = Array("0123456789abcdef".utf8)
    for (iterations, length) in [(1, 1), (3, 64), (100, 65), (7, 200)] {
      let derived = try PBKDF2.derive(
        password: Array(password.utf8), salt: salt, iterations: iterations, length: length, hash: .sha512)
      #expect(derived == defined(password: Array(password.utf8), salt: salt, iterations: iterations, length: length))
    }
  }

  /// The definition: block i is the exclusive or of U₁ = HMAC(P, S ‖ i) and U₂ = HMAC(P, U₁), U₃ …
  private func defined(password: [UInt8], salt: [UInt8], iterations: Int, length: Int) -> [UInt8] {
    let key = SymmetricKey(data: password)
    var output: [UInt8] = []
    var block: UInt32 = 1
    while output.count < length {
      var u = Array(HMAC<SHA512>.authenticationCode(for: salt + withUnsafeBytes(of: block.bigEndian, Array.init), using: key))
      var sum = u
      for _ in 1..<iterations {
        u = Array(HMAC<SHA512>.authenticationCode(for: u, using: key))
        for index in sum.indices { sum[index] ^= u[index] }
      }
      output += sum
      block += 1
    }
    return Array(output.prefix(length))
  }

  @Test(arguments: [(0, 32), (-1, 32), (1, 0), (1, -1), (Int.max, 32), (1, Int.max)])
  func `parameters that make no sense are an error, not a crash`(iterations: Int, length: Int) {
    #expect(throws: PBKDF2.Failure.parametersOutOfRange) { try derive("p", "s", iterations, length, .sha512) }
  }
}
