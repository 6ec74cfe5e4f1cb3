internal import Primitives

/// The audiences that are Usher itself. No application may be registered as one of them.
extension IdentitySettings {
  /// Tokens for the management API; they carry the scope `usher:manage`.
  package var managementAudience: String { publicAddress + "/api/v1" }

  /// Tokens for the decision endpoint; they carry the scope `usher:decide`.
  package var decisionAudience: String { publicAddress + "/access/v1" }

  /// The audience that belongs to one of our own scopes.
  package func audience(ofScope scope: String) -> String? {
    switch scope {
    case Scope.manage: managementAudience
    case Scope.decide: decisionAudience
    default: nil
    }
  }

  /// Whether an audience is ours or lies below our own address.
  package func isOwnAudience(_ audience: String) -> Bool {
    guard audience.utf8.starts(with: publicAddress.utf8) else { return false }
    let rest = audience.utf8.dropFirst(publicAddress.utf8.count)
    return rest.isEmpty || rest.first == UInt8(ascii: "/")
  }
}
