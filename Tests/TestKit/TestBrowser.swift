package import Primitives
internal import Synchronization

/// A browser as far as our pages need one: it keeps cookies by the rules of `__Host-`, follows redirects and the carry-on page inside our own
/// origin, and submits forms with their hidden fields. It runs no script, and stops where an answer leads to another origin.
package final class TestBrowser: Sendable {
  private let client: HTTPClient
  private let origin: Origin
  private let jar = Mutex<[(name: String, value: String)]>([])
  /// Sent with every request, as a browser's own.
  private let extraHeaders = Mutex<[(String, String)]>([])

  package init(client: HTTPClient, origin: Origin) {
    self.client = client
    self.origin = origin
  }

  package func send(header name: String, _ value: String) { extraHeaders.withLock { $0.append((name, value)) } }

  // MARK: cookies

  package func cookie(_ name: String) -> String? { jar.withLock { $0.first { $0.name == name }?.value } }

  package func set(cookie name: String, _ value: String) {
    jar.withLock { jar in
      jar.removeAll { $0.name == name }
      jar.append((name, value))
    }
  }

  package func forget(cookie name: String) { jar.withLock { $0.removeAll { $0.name == name } } }

  /// All of them as the browser sends them.
  package var cookieHeader: String { jar.withLock { $0.map { "\($0.name)=\($0.value)" }.joined(separator: "; ") } }

  private func keepCookies(of reply: HTTPReply) {
    for line in reply.all("Set-Cookie") {
      let parts = line.split(separator: ";").map { $0.drop { $0 == " " } }
      guard let pair = parts.first, let equals = pair.firstIndex(of: "=") else { continue }
      let name = String(pair[..<equals])
      let attributes = parts.dropFirst().map { $0.lowercased() }
      // A browser drops what breaks the promise of the prefix (RFC 6265bis §5.6).
      if name.hasPrefix("__Host-") {
        guard attributes.contains("secure"), attributes.contains("path=/"),
          !attributes.contains(where: { $0.hasPrefix("domain") }),
          origin.scheme == .https
        else { continue }
      }
      if attributes.contains("max-age=0") {
        forget(cookie: name)
      } else {
        set(cookie: name, String(pair[pair.index(after: equals)...]))
      }
    }
  }

  // MARK: going somewhere

  /// Opens an address, a path of ours or the whole of it.
  ///
  /// - Parameter following: whether redirects and the carry-on page are followed, inside our own origin.
  package func open(_ address: String, following: Bool = true) async throws -> BrowserPage {
    let target = ownTarget(address) ?? address
    let reply = try await client.send("GET", target, headers: headers(posting: false))
    return try await arrive(reply, at: target, following)
  }

  /// Sends a form of a page, with its hidden fields and with `filled` in place of what stands in it.
  package func submit(
    _ form: HTMLForm, _ filled: [(name: String, value: String)] = [], following: Bool = true
  ) async throws -> BrowserPage {
    let names = Set(filled.map(\.name))
    let fields = form.fields.filter { !names.contains($0.name) } + filled
    return try await post(form.action, fields, following: following)
  }

  /// Posts fields to an address of ours.
  package func post(
    _ address: String, _ fields: [(name: String, value: String)], following: Bool = true
  ) async throws -> BrowserPage {
    let target = ownTarget(address) ?? address
    let reply = try await client.post(target, form: fields, headers: headers(posting: true))
    return try await arrive(reply, at: target, following)
  }

  private func arrive(_ reply: HTTPReply, at target: String, _ following: Bool) async throws -> BrowserPage {
    keepCookies(of: reply)
    var page = BrowserPage(reply: reply, address: target)
    var hops = 0
    while following, hops < 10, let next = page.nextAddress, let own = ownTarget(next) {
      let reply = try await client.send("GET", own, headers: headers(posting: false))
      keepCookies(of: reply)
      page = BrowserPage(reply: reply, address: own)
      hops += 1
    }
    return page
  }

  private func headers(posting: Bool) -> [(String, String)] {
    var headers = extraHeaders.withLock { $0 }
    let cookies = cookieHeader
    if !cookies.isEmpty { headers.append(("Cookie", cookies)) }
    func addUnlessGiven(_ name: String, _ value: String) {
      if !headers.contains(where: { $0.0.lowercased() == name.lowercased() }) { headers.append((name, value)) }
    }
    if posting {
      // What Chromium sends for a form on a page with `Referrer-Policy: no-referrer`.
      addUnlessGiven("Origin", "null")
      addUnlessGiven("Sec-Fetch-Site", "same-origin")
    }
    return headers
  }

  /// The path and query of an address of our own origin.
  private func ownTarget(_ address: String) -> String? {
    if address.hasPrefix("/") { return address.hasPrefix("//") ? nil : address }
    guard address.hasPrefix(origin.description + "/") else { return nil }
    return String(address.dropFirst(origin.description.count))
  }
}
