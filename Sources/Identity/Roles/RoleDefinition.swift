package import AccessControl
internal import Foundation
internal import Primitives

/// A role as somebody wants it to be.
package struct RoleDefinition: Sendable {
  package let wording: Wording
  package let permissions: Set<Permission>
  /// What it gives besides where the condition is met.
  package let conditions: [Permission: Condition]
  package let parents: Set<RoleID>
  package let mayGrant: [GrantWay: Set<RoleID>]
  /// Where it can be held. An organization's own role can be held there and nowhere else, whatever this says.
  package let kinds: Set<OrganizationKind>

  /// How many permissions one role may list, with a condition or without.
  package static let maximumPermissions = 500
  /// How many of them may have a condition.
  package static let maximumConditions = 100
  /// How many roles one role may let its holder hand out, by each way.
  package static let maximumGrantable = 200

  package init(
    wording: Wording, permissions: Set<Permission>, conditions: [Permission: Condition] = [:], parents: Set<RoleID>,
    mayGrant: [GrantWay: Set<RoleID>], kinds: Set<OrganizationKind>
  ) {
    self.wording = wording
    self.permissions = permissions
    self.conditions = conditions
    self.parents = parents
    self.mayGrant = mayGrant
    self.kinds = kinds
  }

  func role(_ id: RoleID, _ origin: Role.Origin, kinds: Set<OrganizationKind>) -> Role {
    let ways = mayGrant.filter { !$0.value.isEmpty }
    return Role(
      id: id, wording: wording, permissions: .listed(permissions), conditions: conditions, parents: parents,
      mayGrant: ways.isEmpty ? .nothing : .listed(ways), organizationKinds: kinds, origin: origin)
  }
}

extension Wording {
  /// The longest name, in characters.
  package static let maximumName = 100
  /// The longest description, in characters.
  package static let maximumDescription = 500
  /// How many languages something may be described in.
  package static let maximumTranslations = 50

  /// The same, trimmed and normalized.
  ///
  /// - Returns: nil when a name is empty, a text is too long or holds what could change what stands around it, or a language tag is none.
  package static func cleaned(name: String, description: String, translations: [(language: String, Translation)]) -> Wording? {
    guard let name = DisplayText.cleaned(name, limit: maximumName), let description = cleaned(description: description),
      translations.count <= maximumTranslations
    else { return nil }
    var cleaned: [String: Translation] = [:]
    for (language, translation) in translations {
      guard let tag = languageTag(language), cleaned[tag] == nil,
        let name = DisplayText.cleaned(translation.name, limit: maximumName),
        let description = Self.cleaned(description: translation.description)
      else { return nil }
      cleaned[tag] = Translation(name: name, description: description)
    }
    return Wording(name: name, description: description, translations: cleaned)
  }

  /// - Returns: nil for one that is too long, or not visible characters in one line.
  static func cleaned(description: String) -> String? {
    description.isEmpty ? "" : DisplayText.cleaned(description, limit: maximumDescription)
  }

  /// A language tag of the form of RFC 5646 §2.1 in lower case, without asking whether anybody registered it; nil for anything else.
  package static func languageTag(_ presented: String) -> String? {
    guard (2...35).contains(presented.utf8.count) else { return nil }
    let subtags = presented.lowercased().utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard let primary = subtags.first, (2...8).contains(primary.count), primary.allSatisfy(letters.contains),
      subtags.allSatisfy({ (1...8).contains($0.count) && $0.allSatisfy { letters.contains($0) || digits.contains($0) } })
    else { return nil }
    return presented.lowercased()
  }

  /// What two names have in common that a reader takes for the same: without regard to case, width and form, spaces and what nobody sees. Only to
  /// keep people from being confused (THREATS ROL7); what a role is, its id says.
  package static func key(of name: String) -> String {
    let folded = name.precomposedStringWithCompatibilityMapping.lowercased().precomposedStringWithCompatibilityMapping
    let visible = String(String.UnicodeScalarView(folded.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }))
    return visible.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
