internal import HTTPTypes
internal import OAuth
internal import Primitives

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
  private func keys(_ exchange: Exchange) async throws -> Answer {
    let keys = PublishKeys(web.identity)
    return Answer.json(try WireJSON.encode(keys()), type: "application/jwk-set+json").public(seconds: keys.maximumAge)
  }
}

extension Answer {
  /// May be kept for some time, and read by scripts of every site.
  func `public`(seconds: Int64) -> Answer {
    with(.cacheControl, "public, max-age=\(max(0, seconds))").with(.accessControlAllowOrigin, "*")
      .with(.constant("Cross-Origin-Resource-Policy"), "cross-origin")
  }
}
