internal import Identity
internal import Localization
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Server

@Suite struct LettersOfAServer {
  @Test func `the database of a server rings for the postman when a letter was written, and only then`() async throws {
    try await inTemporaryFolder { folder in
      var given = GivenSettings()
      given.takeFlags(["--data-folder", folder + "/data", "--root-key-file", folder + "/keys/root.key"])
      let foundations = try await Foundations.lay(
        try Configuration(given), as: "test", serves: true, clock: SystemClock.now, randomness: SystemRandomness(),
        logger: RecordedLog().logger)
      let (env, bell) = (foundations.environment, foundations.outboxBell)
      #expect(bell.ring(), "making the portal writes no letter")
      var postman = bell.rings.makeAsyncIterator()
      _ = await postman.next()
      try await SignUp()(
        SignUp.Request(
          email: EmailAddress(stored: "ada@private.test"), name: PersonName(storedFirst: "Ada", last: "King"), language: .english,
          country: nil), password: Password(TestWorld.password), foundations.occasion("test"), env: env)
      #expect(!bell.ring(), "signing up writes one")
      try foundations.close()
    }
  }
}
