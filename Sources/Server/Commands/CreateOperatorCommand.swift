internal import ArgumentParser
internal import Identity
internal import Localization
internal import Primitives

struct CreateOperatorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create-operator",
    abstract: "Invites somebody to run the portal, and prints the link with which they choose their password.",
    discussion: """
      The link works once, and is shown only here: hand it over by a safe way. This is how the first operator comes in; there is no
      default account. It may be run while the server runs.
      """)

  @Option(help: ArgumentHelp("Their work address.", valueName: "address"))
  var email: String

  @Option(help: ArgumentHelp("Their first name.", valueName: "name"))
  var firstName: String

  @Option(help: ArgumentHelp("Their last name.", valueName: "name"))
  var lastName: String

  @Option(
    help: ArgumentHelp(
      "The language of their pages and letters: \(Language.all.map(\.tag).joined(separator: ", ")).", valueName: "tag"))
  var language: String = Language.fallback.tag

  @OptionGroup var options: ConfigurationOptions

  func run() async throws {
    guard let address = EmailAddress(email) else { throw ValidationError("'\(LogText.line(email))' is not an e-mail address.") }
    guard let name = PersonName(first: firstName, last: lastName) else {
      throw ValidationError("The names must be 1 to 100 printable characters each.")
    }
    guard let tongue = Language(language) else {
      throw ValidationError("'\(LogText.line(language))' is not one of the languages Usher speaks.")
    }
    let foundations = try await options.layFoundations(as: "create-operator")
    do {
      let created = try await CreateOperator()(
        email: address, name: name, language: tongue, foundations.occasion("create-operator"), env: foundations.environment)
      print("Open this link to choose a password. It works once, until \(created.expiresAt.rfc3339):")
      print(created.link)
    } catch CreateOperator.Refusal.alreadyMember {
      throw StartRefusal("a member of the portal has that address already.")
    }
    try await foundations.settle()
  }
}
