/// Where the database is, in any form libpq knows: `postgresql://…`, with every one of libpq's parameters, several hosts among them.
///
/// What it leaves out, libpq takes from its environment variables, the password file and the service file; what those leave out comes from here.
/// Holds a password where the address does: printed, it shows none.
package struct PostgresAddress: Sendable, Hashable, CustomStringConvertible {
  let text: String

  /// - Returns: nil for what does not begin as an address of PostgreSQL does.
  package init?(_ text: String) {
    guard Self.schemes.contains(where: text.hasPrefix), !text.utf8.contains(0) else { return nil }
    self.text = text
  }

  package static let schemes = ["postgresql://", "postgres://"]

  /// The address without name, password and parameters: `postgresql://db.example.com:5432/usher`.
  package var description: String {
    let rest = text.dropFirst(Self.schemes.first(where: text.hasPrefix)?.count ?? 0)
    let place = rest.prefix { $0 != "?" }
    guard let at = place.lastIndex(of: "@") else {
      // A sign that should have been escaped may have put half a password where a host belongs.
      return rest.contains("@") ? "postgresql://…" : "postgresql://\(place)"
    }
    return "postgresql://\(place[place.index(after: at)...])"
  }

  /// What libpq is told, in rising order: the address comes last and has its way.
  var parameters: [(keyword: String, value: String)] {
    [
      ("application_name", "usher"),
      // Of each host. Without it a host that does not answer is waited for as long as TCP likes.
      ("connect_timeout", "3"),
      // A machine that is gone without a word is noticed by unanswered bytes and by unanswered silence.
      ("tcp_user_timeout", "5000"), ("keepalives_idle", "5"), ("keepalives_interval", "2"), ("keepalives_count", "3"),
      // Of several hosts the one that can be written to, so that a standby that was promoted is found by itself.
      ("target_session_attrs", "read-write"),
      ("dbname", text),
      ("client_encoding", "UTF8"),
    ]
  }
}
