internal import Primitives

extension PasswordPolicy {
  /// The words that belong to one person and their surroundings, and that make a password no secret: their address, their name, their
  /// organization, the portal, this product.
  package struct Context: Sendable {
    /// Lower case, letters only, at least three of them.
    let words: Set<String>

    /// - Parameter organization: the name of the organization whose account this is; nil for a personal account.
    package init(email: EmailAddress, name: PersonName, organization: String?, portal: String) {
      let parts = [email.key, name.first, name.last, name.full, organization ?? "", portal, "usher"]
      var words: Set<String> = []
      for part in parts {
        let pieces = part.lowercased().split { !$0.isLetter }.map(String.init)
        words.formUnion(pieces)
        words.insert(pieces.joined())
      }
      // The parts of the address as wholes: `ada.lovelace@mail.contoso.test` also gives `adalovelace` and `mailcontosotest`.
      for part in email.key.split(separator: "@") { words.insert(String(part.filter(\.isLetter))) }
      words.formUnion(words.map(CommonWords.KeyboardLayout.transliterated))
      self.words = words.filter { $0.unicodeScalars.count >= 3 }
    }
  }
}
