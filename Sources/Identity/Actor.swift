package import AccessControl
internal import Primitives

/// Who acts, from where, in which request. Comes from the outermost ring and goes into every audit row.
package struct Actor: Sendable {
  package enum Who: Sendable, Hashable {
    case anonymous
    /// A signed-in person; `via` is the application whose token speaks for them, nil for our own pages.
    case account(AccountID, via: ApplicationID?)
    /// An application acting for itself.
    case application(ApplicationID)
    /// A command of this machine's operator, by its name.
    case command(String)
  }

  /// Where the actor's roles count in this request. A token names one organization and speaks there alone, whatever its person holds elsewhere
  /// (THREATS ROL6); a browser session and a command speak for all of somebody.
  package enum Standing: Sendable, Hashable {
    case everywhere, nowhere
    case only(OrganizationID)

    func counts(in organization: OrganizationID) -> Bool {
      switch self {
      case .everywhere: true
      case .nowhere: false
      case .only(let one): one == organization
      }
    }
  }

  package let who: Who
  /// The network address of the other side, as far as configured proxies vouch for it.
  package let address: String?
  package let requestID: String?
  package let standing: Standing

  package init(_ who: Who, address: String?, requestID: String?, standing: Standing = .everywhere) {
    self.who = who
    self.address = address
    self.requestID = requestID
    self.standing = standing
  }

  /// The same request, after its person was recognized.
  package func recognized(as who: Who) -> Actor {
    Actor(who, address: address, requestID: requestID, standing: standing)
  }

  /// How audit rows and role assignments name the actor: ids only.
  package var auditName: String {
    switch who {
    case .anonymous: "anonymous"
    case .account(let id, via: nil): "account:\(id.text)"
    case .account(let id, via: .some(let application)): "account:\(id.text) via application:\(application.text)"
    case .application(let id): "application:\(id.text)"
    case .command(let name): "command:\(name)"
    }
  }

  package var account: AccountID? {
    if case .account(let id, _) = who { id } else { nil }
  }
}
