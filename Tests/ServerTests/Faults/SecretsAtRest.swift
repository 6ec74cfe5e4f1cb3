internal import Foundation
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Server

@Suite(.threat("KEY1"), .timeLimit(.minutes(5))) struct SecretsAtRest {
  @Test func `no key stands in the database, beside it, in the log, in any answer, or in what a command says`() async throws {
    try await inTemporaryFolder { folder in
      let installation = try await Installation.make(in: folder)
      let usher = try await installation.start(["--log-level", "trace"])
      let (service, browser) = (installation.service(of: usher), try installation.browser(usher))
      var said = [try await browser.signIn(Installation.email).reply]
      let arrived = try await browser.open(service.authorizationPath(), following: false)
      said.append(arrived.reply)
      said.append(try await service.redeem(try #require(service.returned(arrived.nextAddress)?.first("code"))))
      let token = try await service.ownToken(scope: "usher:manage")
      for path in try await readablePaths(usher) {
        said.append(try await usher.client.get(path, headers: [("Authorization", "Bearer \(token)")]))
        said.append(try await browser.open(path).reply)
      }
      let rotated = try await CommandLineRun.usher(["rotate-keys"], in: folder)
      #expect(rotated.status == 0, "\(rotated.errors)")
      let settings = try await CommandLineRun.usher(["check-configuration"], in: folder)
      // While it runs the newest writes stand in the log beside the database only.
      var texts = try files(in: installation.dataFolder)
      usher.tellToStop()
      #expect(await usher.ended() == 0)
      texts += try files(in: installation.dataFolder)
      texts += said.flatMap { [Data($0.body)] + $0.headers.map { Data($0.value.utf8) } }
      texts += [usher.log, rotated.output, rotated.errors, settings.output, settings.errors].map { Data($0.utf8) }
      let secrets = try await keys(of: installation)
      #expect(secrets.count >= 6, "the root key, a pepper, and two signing keys before and after")
      for (name, bytes) in secrets {
        for form in forms(of: bytes) { #expect(!texts.contains { $0.range(of: form) != nil }, "\(name)") }
      }
    }
  }

  /// Whatever of the API and the pages can be asked for without knowing more.
  private func readablePaths(_ usher: RunningUsher) async throws -> [String] {
    let document = try await usher.client.get("/openapi.json").json()
    let described = (document["paths"]?.objectValue?.members ?? []).filter { $0.value.objectValue?["get"] != nil }.map(\.name)
    let plain = described.filter { !$0.contains("{") }
    #expect(plain.count > 5)
    return plain.map { $0.hasPrefix("/api/") ? $0 : "/api/v1\($0)" } + [
      "/openapi.json", "/oauth/jwks", "/.well-known/openid-configuration", "/health/ready", "/dashboard", "/profile", "/users",
    ]
  }

  private func keys(of installation: Installation) async throws -> [(name: String, bytes: [UInt8])] {
    let root = try SmallFile.read(installation.folder + "/keys/root.key", maximumBytes: 100).bytes.dropLast()
    var keys = [("the root key", try #require(Base64URL.decode(String(decoding: root, as: UTF8.self))))]
    try await installation.withFoundations { foundations in
      let env = foundations.environment
      let (signing, peppers) = try await env.store.read { tx in (try tx.signingKeys(), try tx.peppers()) }
      for key in signing { keys.append(("a signing key", try env.keys.signingKeys.open(key.sealed, context: key.id))) }
      for pepper in peppers { keys.append(("a pepper", try env.keys.peppers.open(pepper.sealed, context: pepper.id))) }
    }
    return keys
  }

  /// As it is, and as it would stand in a text.
  private func forms(of bytes: [UInt8]) -> [Data] {
    let hexadecimal = bytes.map { String(format: "%02x", $0) }.joined()
    let texts = [Base64URL.encode(bytes), Base64.encode(bytes, padded: false), hexadecimal, hexadecimal.uppercased()]
    return [Data(bytes)] + texts.map { Data($0.utf8) }
  }

  private func files(in folder: String) throws -> [Data] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.compactMap { FileManager.default.contents(atPath: "\(folder)/\($0)") }
  }
}
