internal import AccessControl
internal import Identity
internal import Primitives

/// The sample's applications: a confidential web application, a public client with its API, and one that automates the portal.
extension SampleWorld {
  struct Applications: Sendable {
    let automation: SampleDocument.Application
    let services: [SampleDocument.Application]
  }

  func makeApplications(_ operatorActor: Actor) async throws -> Applications {
    // Signs people of both kinds in, and is its own resource server.
    var ordersDetails = ApplicationDetails(
      name: Self.ordersName, authentication: .basic, grantTypes: [.authorizationCode, .refreshToken, .clientCredentials])
    ordersDetails.redirectURIs = ["\(orders)/callback"]
    ordersDetails.postSignOutRedirectURIs = ["\(orders)/"]
    ordersDetails.scopes = ["openid", "profile", "email", "offline_access", Scope.decide]
    ordersDetails.audiences = ["\(orders)/"]
    ordersDetails.defaultAudience = "\(orders)/"
    ordersDetails.admits = .both
    ordersDetails.isTrusted = true
    ordersDetails.startURL = "\(orders)/sign-in"

    // The API behind the second service: called with tokens, signs nobody in.
    var apiDetails = ApplicationDetails(name: Self.reportsAPIName, authentication: .basic, grantTypes: [.clientCredentials])
    apiDetails.scopes = [Scope.decide]
    apiDetails.audiences = ["\(reports)/api"]

    // The second service itself holds no secret; its tokens are for the API.
    var reportsDetails = ApplicationDetails(
      name: Self.reportsName, authentication: .none, grantTypes: [.authorizationCode, .refreshToken])
    reportsDetails.redirectURIs = ["\(reports)/callback"]
    reportsDetails.postSignOutRedirectURIs = ["\(reports)/"]
    reportsDetails.scopes = ["openid", "profile", "email", "offline_access"]
    reportsDetails.requestableAudiences = ["\(reports)/api"]
    reportsDetails.defaultAudience = "\(reports)/api"
    reportsDetails.admits = .work
    reportsDetails.isTrusted = true
    reportsDetails.startURL = "\(reports)/sign-in"

    var automationDetails = ApplicationDetails(
      name: "Portal automation", authentication: .basic, grantTypes: [.clientCredentials])
    automationDetails.scopes = [Scope.manage, Scope.decide]

    var services: [SampleDocument.Application] = []
    for details in [ordersDetails, apiDetails, reportsDetails] {
      services.append(try await register(details, owner: nil, operatorActor).document)
    }
    let portal = try await env.store.read { tx in try tx.portalOrganization() }
    guard let portal else { throw Missing(what: "the portal") }
    let automation = try await register(automationDetails, owner: portal.id, operatorActor)
    _ = try await AssignRole()(
      .operator, to: .application(automation.id), in: portal.id, env.occasion(of: operatorActor), env: env)
    return Applications(automation: automation.document, services: services)
  }

  private func register(
    _ details: ApplicationDetails, owner: OrganizationID?, _ operatorActor: Actor
  ) async throws -> (id: ApplicationID, document: SampleDocument.Application) {
    let registered = try await RegisterApplication()(details, owner: owner, env.occasion(of: operatorActor), env: env)
    return (
      registered.application.id,
      SampleDocument.Application(
        name: details.name, id: registered.application.id.text, secret: registered.secret?.reveal(),
        redirectURIs: details.redirectURIs)
    )
  }
}
