internal import AccessControl
internal import Identity
internal import Wire

extension Operation {
  static let organizations: [Operation] = [
    .list(
      "/organizations", "listOrganizations", "List the organizations the caller may see; operators see all.",
      needs: .permission(.organizationView, in: .anywhere)
    ) { call in
      Management.Page(try await ListOrganizations()(call.page, call.occasion, env: call.env), Management.Organization.init)
    },
    .create(
      "/organizations", "registerCustomer", "Register a customer without an agreement.",
      needs: .permission(.organizationManage, in: .portal), at: { "/organizations/\($0.id)" }
    ) { (call, body: Management.NewOrganization) in
      Management.Organization(try await RegisterOrganization()(.customer, name: body.name, call.occasion, env: call.env))
    },
    .show(
      "/organizations/{organization}", "getOrganization", "Show one organization.",
      needs: .permission(.organizationView, in: .organization)
    ) { call in
      Management.Organization(try await ViewOrganization()(call.organization, call.occasion, env: call.env))
    },
    .change(
      "/organizations/{organization}", "changeOrganization", "Rename an organization, close it or open it again.",
      needs: .permission(.organizationManage, in: .portal)
    ) { (call, body: Management.OrganizationChange) in
      try await change(try call.organization, body, call)
    },
  ]

  static let partners: [Operation] = [
    .list("/partners", "listPartners", "List the partners.", needs: .permission(.partnerView, in: .portal)) { call in
      Management.Page(try await ListPartners()(call.page, call.occasion, env: call.env), Management.Organization.init)
    },
    .create(
      "/partners", "registerPartner", "Register a partner.", needs: .permission(.partnerManage, in: .portal),
      at: { "/partners/\($0.id)" }
    ) { (call, body: Management.NewOrganization) in
      Management.Organization(try await RegisterOrganization()(.partner, name: body.name, call.occasion, env: call.env))
    },
    .show("/partners/{partner}", "getPartner", "Show one partner.", needs: .permission(.partnerView, in: .portal)) { call in
      Management.Organization(try await ViewPartner()(try call.id("partner"), call.occasion, env: call.env))
    },
    .change(
      "/partners/{partner}", "changePartner", "Rename a partner, close it or open it again.",
      needs: .permission(.partnerManage, in: .portal)
    ) { (call, body: Management.OrganizationChange) in
      let partner = try await ViewPartner()(try call.id("partner"), call.occasion, env: call.env)
      return try await change(partner.id, body, call)
    },
    .list(
      "/partners/{partner}/agreements", "listAgreementsOfPartner",
      "List the agreements that name a partner: what its administrators act on.",
      needs: .permission(.agreementResendInvitation, in: .partner)
    ) { call in
      Management.Page(
        try await ListAgreements()(.naming(partner: try call.id("partner")), call.page, call.occasion, env: call.env),
        Management.Agreement.init)
    },
  ]

  private static func change(
    _ id: OrganizationID, _ body: Management.OrganizationChange, _ call: Call
  ) async throws -> Management.Organization {
    Management.Organization(
      try await ChangeOrganization()(
        id, name: body.name, state: body.state.flatMap { Organization.State(rawValue: $0) }, seen: call.seen, call.occasion,
        env: call.env))
  }
}

extension Management.Page where Item: Described {
  /// A page of the store as a page of messages.
  init<Entity>(_ page: Identity.Page<Entity>, _ message: (Entity) throws -> Item) rethrows {
    self.init(items: try page.items.map(message), next: page.next)
  }
}
