internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Operation {
  static let resources: [Operation] = [
    .list("/resources", "listResources", "List all registered resources.", needs: .permission(.resourceManage, in: .portal)) {
      call in
      Management.Page(try await ListResources()(of: nil, call.page, call.occasion, env: call.env), Management.Resource.init)
    },
    .list(
      "/organizations/{organization}/resources", "listResourcesOfOrganization",
      "List the registered resources of an organization.",
      needs: .permission(.resourceManage, in: .organization)
    ) { call in
      Management.Page(
        try await ListResources()(of: try call.organization, call.page, call.occasion, env: call.env), Management.Resource.init)
    },
    .show(
      "/resources/{type}/{id}", "getResource", "Show one registered resource.", needs: .permission(.resourceManage, in: .portal)
    ) { call in
      Management.Resource(try await ViewResource()(type: call.type, id: call.name, call.occasion, env: call.env))
    },
    .put(
      "/resources/{type}/{id}", "registerResource",
      "Register a resource as belonging to an organization, or move it. Decisions about it are made there and nowhere else.",
      needs: .permission(.resourceManage, in: .portal), makesNew: true
    ) { (call, body: Management.ResourceOwner) in
      let registered = try await RegisterResource()(
        type: call.type, id: call.name, to: OrganizationID(trusted: body.organization), seen: call.seen, call.occasion,
        env: call.env)
      return (Management.Resource(registered.resource), isNew: registered.isNew)
    },
    .remove(
      "/resources/{type}/{id}", "forgetResource", "Forget a registered resource.",
      needs: .permission(.resourceManage, in: .portal),
      isVersioned: true
    ) { call in
      try await ForgetResource()(type: call.type, id: call.name, seen: call.seen, call.occasion, env: call.env)
    },
  ]
}

extension Call {
  fileprivate var type: String { parameters["type"] ?? "" }
  fileprivate var name: String { parameters["id"] ?? "" }
}

extension Management.Resource: Described {
  static let message = Message(
    "Resource", "A thing of an application that is registered as belonging to one organization.",
    [
      .required("type", .text(1...64), "The first half of permissions about it."), .required("id", .text(1...200)),
      .required("organization", .id, "Where decisions about it are made."), .required("created_at", .time),
      .required("version", .count, "Counts changes; also the ETag."),
    ])

  var countedVersion: Int64? { version }

  init(_ resource: RegisteredResource) {
    self.init(
      type: resource.type, id: resource.id, organization: resource.organization.text, createdAt: resource.createdAt.rfc3339,
      version: resource.version)
  }
}

extension Management.ResourceOwner: Described {
  static let message = Message(
    "ResourceOwner", "Says which organization a resource belongs to.", [.required("organization", .id)])
}

extension RegisterResource.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .typeRefused: ManagementRefusal(.notAccepted, "The type is 1 to 64 of a-z, digits and hyphens, and none of Usher's own.")
    case .idRefused: ManagementRefusal(.notAccepted, "The id is 1 to 200 visible characters.")
    case .organizationUnknown: .notAccepted("organization", "unknown", "There is no such organization, or it is closed.")
    case .changedMeanwhile: .changedMeanwhile
    }
  }
}

extension ForgetResource.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .changedMeanwhile: .changedMeanwhile
    }
  }
}

extension ViewResource.Refusal: SaidByManagement {
  var said: ManagementRefusal { .unknown }
}
