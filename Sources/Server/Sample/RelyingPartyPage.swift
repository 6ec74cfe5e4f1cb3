internal import Primitives

/// The pages of a sample service, as text.
enum RelyingPartyPage {
  static let style = """
    body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #1d2430; background: #f6f7f4 }
    h1 { margin-bottom: 0 } p.tag { margin-top: 0; color: #56606e }
    table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #d5d9d2; overflow-wrap: anywhere }
    a.go, button { display: inline-block; padding: .6rem 1.2rem; border: 0; border-radius: .4rem; font: inherit; color: #fff; background: #2c5e4a; text-decoration: none; cursor: pointer }
    .yes { color: #1c6b3c } .no { color: #9a3412 }
    """

  static func signedOut(_ party: RelyingParty) -> String {
    page(
      party,
      """
      <p>Nobody is signed in here.</p>
      <p><a class="go" href="/sign-in">Sign in with Usher</a></p>
      \(neighbour(party))
      """)
  }

  static func signedIn(_ party: RelyingParty, _ person: SignedInPerson, _ checks: [Check]) -> String {
    let checks = checks.map { check in
      "<tr><td>\(escaped(check.name))</td><td class=\"\(check.passed ? "yes" : "no")\">\(escaped(check.outcome))</td></tr>"
    }
    let claims = person.claims.members.map {
      "<tr><th scope=\"row\">\(escaped($0.name))</th><td>\(escaped($0.value.text))</td></tr>"
    }
    return page(
      party,
      """
      <p>Signed in as <strong>\(escaped(person.subject))</strong>.</p>
      <h2>What this service asked just now, over HTTP</h2>
      <table>\(checks.joined(separator: "\n"))</table>
      <p>Load this page again after a change of roles: the next answer knows it. <a href="/sign-in">Sign in again</a> when the token has
      ended; it lives five minutes.</p>
      <h2>What the access token says</h2>
      <table>\(claims.joined(separator: "\n"))</table>
      <form method="post" action="/sign-out"><p><button>Sign out everywhere</button></p></form>
      \(neighbour(party))
      """)
  }

  static func failed(_ party: RelyingParty, _ what: String) -> String {
    page(party, "<p role=\"alert\">\(escaped(what))</p><p><a href=\"/\">Back to the start</a></p>")
  }

  private static func neighbour(_ party: RelyingParty) -> String {
    """
    <p>Next door: <a href="\(escaped(party.neighbour.address))/sign-in">\(escaped(party.neighbour.name))</a>. Whoever is signed in \
    here is not asked for a password there.</p>
    """
  }

  private static func page(_ party: RelyingParty, _ body: String) -> String {
    """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(escaped(party.name))</title><link rel="stylesheet" href="/style.css"></head>
    <body><main><h1>\(escaped(party.name))</h1><p class="tag">\(escaped(party.tagline))</p>
    \(body)
    </main></body></html>
    """
  }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.append(character)
      }
    }
  }
}
