internal import ArgumentParser
internal import Identity
internal import Primitives

struct RotateKeys: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate-keys",
    abstract: "Makes new token signing keys, and retires those that sign now.",
    discussion: """
      The new keys are published at once and sign a little later, so that no service meets a signature before its key; the old ones
      stay published until the last token they signed has ended. It may be run while the server runs, and as often as you like.
      """)

  @OptionGroup var options: ConfigurationOptions

  func run() async throws {
    let foundations = try await options.layFoundations(as: "rotate-keys")
    let environment = foundations.environment
    let occasion = foundations.occasion("rotate-keys")
    let fresh = try SigningKeyVault.generate(SigningKeyVault.algorithms, occasion)
    let announcement = environment.settings.lifetimes.keyAnnouncement
    try await environment.write(occasion) { tx in
      try SigningKeyVault.rotate(to: fresh, tx, occasion, keys: environment.keys, announcement: announcement)
    }
    for key in fresh { print("\(key.algorithm.rawValue)  \(key.id)  signs from \((occasion.now + announcement).rfc3339)") }
    try foundations.close()
  }
}
