/// One sentence of a table: text with named parameters in braces, in one form or in one form per plural category.
///
/// `{portal}` is no parameter of the caller: wherever it stands, the tables put in what the operator calls the portal.
package struct Sentence: Sendable, Hashable {
  enum Part: Sendable, Hashable {
    case text(String)
    case portal
    case parameter(String)
  }

  enum Forms: Sendable, Hashable {
    case single([Part])
    /// `by` names the parameter whose number chooses the form.
    case plural(by: String, [PluralForm: [Part]])
  }

  let forms: Forms

  /// - Returns: nil when a brace is left open or a parameter has no name.
  init?(_ text: String) {
    guard let parts = Sentence.parts(of: text) else { return nil }
    forms = .single(parts)
  }

  /// - Returns: nil when a form is malformed or there is none.
  init?(by parameter: String, forms texts: [PluralForm: String]) {
    var forms: [PluralForm: [Part]] = [:]
    for (form, text) in texts {
      guard let parts = Sentence.parts(of: text) else { return nil }
      forms[form] = parts
    }
    guard !forms.isEmpty else { return nil }
    self.forms = .plural(by: parameter, forms)
  }

  /// What a caller must give; the same in every language, or the tables are refused.
  package var parameters: Set<String> {
    switch forms {
    case .single(let parts): Sentence.parameters(of: parts)
    case .plural(let by, let forms): forms.values.reduce([by]) { $0.union(Sentence.parameters(of: $1)) }
    }
  }

  /// The sentence said: parameters are put in as they are, because escaping belongs to whoever writes HTML or a header.
  ///
  /// - Parameter portal: what the operator calls the portal.
  func said(with values: [String: String], count: Int?, in language: Language, portal: String) -> String {
    var said = ""
    for part in parts(for: count, in: language) {
      switch part {
      case .text(let text): said += text
      case .portal: said += portal
      case .parameter(let name): said += values[name] ?? ""
      }
    }
    return said
  }

  private func parts(for count: Int?, in language: Language) -> [Part] {
    switch forms {
    case .single(let parts): parts
    case .plural(_, let forms): forms[.of(count ?? 0, in: language)] ?? forms.values.first ?? []
    }
  }

  private static func parameters(of parts: [Part]) -> Set<String> {
    var names: Set<String> = []
    for case .parameter(let name) in parts { names.insert(name) }
    return names
  }

  private static func parts(of text: String) -> [Part]? {
    var parts: [Part] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      guard let close = rest[open...].firstIndex(of: "}") else { return nil }
      let name = rest[rest.index(after: open)..<close]
      guard !name.isEmpty, name.allSatisfy({ $0.isASCII && $0.isLetter }) else { return nil }
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      parts.append(name == "portal" ? .portal : .parameter(String(name)))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    return parts
  }
}
