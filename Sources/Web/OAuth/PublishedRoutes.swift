internal import HTTPTypes
internal import OAuth
internal import Primitives
internal import Wire

/// What everybody may know of this server: its metadata and its public keys. Scripts of any site may read them, without credentials.
struct PublishedRoutes: Sendable {
  let web: WebEnvironment

  var routes: [Route] {
    [
      .get(EndpointPath.openIDConfiguration, metadata),
      .get(EndpointPath.authorizationServer, metadata),
      .get(EndpointPath.keySet, keys),
    ]
  }

  private func metadata(_ exchange: Exchange) async throws -> Answer {
    Answer.json(try WireJSON.encode(DescribeIssuer(web.identity)())).public(seconds: 300)
  }

  /// To be kept no longer than a new key is announced before it signs (THREATS KEY2).
  ///
  /// - Throws: `Failure.unavailable` while there is no key to publish, because none of them opens.
  private func keys(_ exchange: Exchange) async throws -> Answer {
    let published = PublishKeys(web.identity)()
    // Services would keep an empty set, and reject every token until it ends.
    guard !published.set.keys.isEmpty else { throw Failure.unavailable(retryAfter: .seconds(5)) }
    return Answer.json(try WireJSON.encode(published.set), type: "application/jwk-set+json").public(seconds: published.maximumAge)
  }
}

extension Answer {
  /// May be kept for some time (by nobody where that is none), and read by scripts of every site.
  func `public`(seconds: Int64) -> Answer {
    with(.cacheControl, seconds > 0 ? "public, max-age=\(seconds)" : "no-store").with(.accessControlAllowOrigin, "*")
      .with(.constant("Cross-Origin-Resource-Policy"), "cross-origin")
  }
}
