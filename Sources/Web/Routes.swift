/// Every path Usher answers, on one screen.
enum Routes {
  static func table(_ web: WebEnvironment, beside others: [Route] = []) -> RouteTable {
    let health = HealthRoutes(env: web.identity, warnings: web.warnings)
    return RouteTable(
      FileRoutes(renderer: web.renderer).routes + [
        .get("/health/live", health.live),
        .get("/health/ready", health.ready),
      ] + pages(web) + protocols(web) + others)
  }

  /// What people open in a browser.
  private static func pages(_ web: WebEnvironment) -> [Route] {
    SignInRoutes(web: web).routes  // /sign-in /sign-out /signed-out
      + InvitationRoutes(web: web).routes  // /invitation/{secret}
      + AskForInvitationRoutes(web: web).routes  // /invitation-again /invitation-again/asked
      + DashboardRoutes(web: web).routes  // / /dashboard
      + ProfileRoutes(web: web).routes  // /profile and its three forms
      + UsersRoutes(web: web).routes  // /users /users/{account} and its three forms
      + InviteRoutes(web: web).routes  // /users/invite /users/invitations/{invitation} and its two forms
      + SignUpRoutes(web: web).routes  // /sign-up /sign-up/check-mail /confirm/{secret}
      + AuthorizeRoutes(web: web).routes  // /oauth/authorize
      + SignOutRequestRoutes(web: web).routes  // /oauth/sign-out
      + ProblemTypeRoutes(web: web).routes  // /problems/{type}
  }

  /// What applications call.
  private static func protocols(_ web: WebEnvironment) -> [Route] {
    ProtocolRoutes(web: web).routes  // /oauth/token introspect revoke userinfo register
      + PublishedRoutes(web: web).routes  // /oauth/jwks /.well-known/openid-configuration, oauth-authorization-server
      + DecisionRoutes(web: web).routes  // /access/v1/evaluation(s) /access/openapi.json /.well-known/authzen-configuration
      + ManagementAPI(web).routes  // /api/v1/… by the table of operations, and /openapi.json
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
        (prefix: DecisionRoutes.root, DecisionSurface()),
        (prefix: "/health/", ProtocolSurface()),
        (prefix: "/api/", ProblemSurface()),
      ], otherwise: pages)
  }
}
