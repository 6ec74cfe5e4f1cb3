internal import ArgumentParser
internal import Identity
internal import Primitives

struct RotateKeys: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate-keys",
    abstract: "Makes new token signing keys, and retires those that sign now.",
    discussion: """
      The new keys are published at once and sign a little later, so that no service meets a signature before its key; the old ones
      stay published until the last token they signed has ended. Where no key can sign, the new ones sign at once. It may be run while
      the server runs, and as often as you like; the server does the same by itself (key_rotation_interval).
      """)

  @OptionGroup var options: ConfigurationOptions

  func run() async throws {
    let foundations = try await options.layFoundations(as: "rotate-keys")
    let rotated = try await RotateSigningKeys()(foundations.occasion("rotate-keys"), env: foundations.environment)
    for key in rotated { print("\(key.algorithm.rawValue)  \(key.id)  signs from \(key.signsFrom.rfc3339)") }
    try await foundations.settle()
  }
}
