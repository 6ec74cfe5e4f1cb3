internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Operation {
  static let applications: [Operation] = [
    .list("/applications", "listApplications", "List all applications.", needs: .permission(.applicationView, in: .portal)) {
      call in
      Management.Page(try await ListApplications()(of: nil, call.page, call.occasion, env: call.env), Management.Application.init)
    },
    .create(
      "/applications", "registerApplication", "Register an application that serves the whole portal.",
      needs: .permission(.applicationManage, in: .portal), at: { "/applications/\($0.application.clientID)" }
    ) { (call, body: Management.NewApplication) in
      Management.RegisteredApplication(
        try await RegisterApplication()(body.details, owner: nil, call.occasion, env: call.env))
    },
    .list(
      "/organizations/{organization}/applications", "listApplicationsOfOrganization",
      "List the applications an organization owns.",
      needs: .permission(.applicationView, in: .organization)
    ) { call in
      Management.Page(
        try await ListApplications()(of: try call.organization, call.page, call.occasion, env: call.env),
        Management.Application.init)
    },
    .create(
      "/organizations/{organization}/applications", "registerApplicationOfOrganization",
      "Register an application that an organization owns. What needs trust is set by the portal alone.",
      needs: .permission(.applicationManage, in: .organization), at: { "/applications/\($0.application.clientID)" }
    ) { (call, body: Management.NewApplication) in
      Management.RegisteredApplication(
        try await RegisterApplication()(body.details, owner: try call.organization, call.occasion, env: call.env))
    },
    .show(
      "/applications/{application}", "getApplication", "Show one application.",
      needs: .permission(.applicationView, in: .application)
    ) { call in
      Management.Application(try await ViewApplication()(try call.id("application"), call.occasion, env: call.env))
    },
    .change(
      "/applications/{application}", "changeApplication", "Change what an application is registered for.",
      needs: .permission(.applicationManage, in: .application)
    ) { (call, body: Management.ApplicationChange) in
      Management.Application(
        try await ChangeApplication()(try call.id("application"), seen: call.seen, call.occasion, env: call.env) { details in
          body.apply(to: &details)
        })
    },
    .remove(
      "/applications/{application}", "deleteApplication", "Remove an application, with everything it was granted.",
      needs: .permission(.applicationManage, in: .application), isVersioned: true
    ) { call in
      try await DeleteApplication()(try call.id("application"), seen: call.seen, call.occasion, env: call.env)
    },
    .act(
      "/applications/{application}/disable", "disableApplication", "Stop an application. What it was granted ends for good.",
      needs: .permission(.applicationManage, in: .application), isVersioned: true
    ) { call in
      Management.Application(
        try await DisableApplication()(try call.id("application"), seen: call.seen, call.occasion, env: call.env))
    },
    .act(
      "/applications/{application}/enable", "enableApplication", "Let a disabled application work again.",
      needs: .permission(.applicationManage, in: .application), isVersioned: true
    ) { call in
      Management.Application(
        try await DisableApplication().undo(try call.id("application"), seen: call.seen, call.occasion, env: call.env))
    },
    .act(
      "/applications/{application}/secrets", "makeApplicationSecret",
      "Make a new secret, shown this once. The one before stays valid for a while; an even older one dies at once.",
      needs: .permission(.applicationManage, in: .application)
    ) { call in
      Management.RegisteredApplication(
        try await MakeApplicationSecret()(try call.id("application"), call.occasion, env: call.env))
    },
    .create(
      "/initial-access-tokens", "makeInitialAccessToken",
      "Make a token with which somebody may register applications without having an account here.",
      needs: .permission(.applicationManage, in: .portal)
    ) { (call, body: Management.NewInitialAccessToken) in
      let (secret, token) = try await CreateInitialAccessToken()(
        uses: body.uses, lifetime: .seconds(body.expiresIn), call.occasion, env: call.env)
      return Management.InitialAccessToken(token: secret.reveal(), uses: token.usesLeft, expiresAt: token.expiresAt.rfc3339)
    },
  ]
}

extension RegisterApplication.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .flawed(let flaws): .flawed(flaws)
    }
  }
}

extension ChangeApplication.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .changedMeanwhile: .changedMeanwhile
    case .flawed(let flaws): .flawed(flaws)
    }
  }
}

extension ViewApplication.Refusal: SaidByManagement {
  var said: ManagementRefusal { .unknown }
}

extension MakeApplicationSecret.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .publicApplication: ManagementRefusal(.state, "A public application has no secret.")
    }
  }
}

extension CreateInitialAccessToken.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .outOfBounds: ManagementRefusal(.notAccepted, "1 to 100 uses, for 60 to 2592000 seconds.")
    }
  }
}

extension ManagementRefusal {
  fileprivate static func flawed(_ flaws: [ApplicationFlaw]) -> ManagementRefusal {
    ManagementRefusal(
      .notAccepted, "The application cannot be registered so.",
      flaws.prefix(SchemaCheck.maximumFlaws).map { flaw in
        Problem.Field(pointer: "/\(flaw.field.member)" + (flaw.index.map { "/\($0)" } ?? ""), code: flaw.code)
      })
  }
}

extension ApplicationFlaw.Field {
  /// Its name in a body.
  fileprivate var member: String {
    switch self {
    case .name: "name"
    case .grantTypes: "grant_types"
    case .redirectURIs: "redirect_uris"
    case .postSignOutRedirectURIs: "post_sign_out_redirect_uris"
    case .scopes: "scopes"
    case .audiences: "audiences"
    case .defaultAudience: "default_audience"
    case .requestableAudiences: "requestable_audiences"
    case .decidesIn: "decides_in"
    case .introspectsForAll: "introspects_for_all"
    case .startURL: "start_url"
    }
  }
}
