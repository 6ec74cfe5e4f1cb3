internal import Identity

/// A list of scopes as the wire writes it: names separated by single blanks, the order without meaning (RFC 6749 §3.3).
enum ScopeList {
  /// - Returns: the names, each once, in the order given.
  static func read(_ text: String) throws(OAuthError) -> [String] {
    var seen: Set<String> = []
    let scopes = text.split(separator: " ").map(String.init).filter { seen.insert($0).inserted }
    guard !scopes.isEmpty, scopes.count <= Scope.maximumCount, scopes.allSatisfy(Scope.isWellFormed) else {
      throw OAuthError(.invalidScope, "The scope is not a list of at most \(Scope.maximumCount) names separated by blanks.")
    }
    return scopes
  }

  static func write(_ scopes: [String]) -> String { scopes.joined(separator: " ") }
}
