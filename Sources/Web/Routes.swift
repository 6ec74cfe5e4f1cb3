/// Every path Usher answers, on one screen.
enum Routes {
  static func table(_ web: WebEnvironment) -> RouteTable {
    let health = HealthRoutes(env: web.identity)
    return RouteTable(
      FileRoutes(renderer: web.renderer).routes + [
        .get("/health/live", health.live),
        .get("/health/ready", health.ready),
      ])
  }

  /// How each part of the house says no.
  static func surfaces(_ web: WebEnvironment) -> Surfaces {
    let pages = PageSurface(web: web)
    return Surfaces(
      [
        (prefix: "/oauth/authorize", pages),
        (prefix: "/oauth/sign-out", pages),
        (prefix: "/oauth/", ProtocolSurface()),
        (prefix: "/.well-known/", ProtocolSurface()),
        (prefix: "/access/", ProtocolSurface()),
        (prefix: "/health/", ProtocolSurface()),
        (prefix: "/api/", ProblemSurface()),
      ], otherwise: pages)
  }
}
