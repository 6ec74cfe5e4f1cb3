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
      "Register a resource as belonging to an organization, or say anew where it belongs and lies. Decisions about it are made there and nowhere else.",
      needs: .permission(.resourceManage, in: .portal), makesNew: true
    ) { (call, body: Management.ResourceOwner) in
      let wanted = ResourceDefinition(
        name: ResourceName(type: call.type, id: call.name), parent: body.parent?.name, attributes: body.attributes ?? [:])
      let registered = try await RegisterResource()(
        wanted, to: OrganizationID(trusted: body.organization), seen: call.seen, call.occasion, env: call.env)
      return (Management.Resource(registered.resource), isNew: registered.isNew)
    },
    .actInBulk(
      "/resources", "registerResources",
      "Register up to 1000 resources of one organization: all of them, or none when anything is wrong with one.",
      needs: .permission(.resourceManage, in: .portal)
    ) { (call: Call, body: Management.NewResources) -> Management.Registrations in
      let wanted = body.resources.map { resource in
        ResourceDefinition(
          name: ResourceName(type: resource.type, id: resource.id), parent: resource.parent?.name,
          attributes: resource.attributes ?? [:])
      }
      return Management.Registrations(
        try await RegisterResources()(wanted, to: OrganizationID(trusted: body.organization), call.occasion, env: call.env))
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

extension Management.ResourceName: Described {
  static let message = Message(
    "ResourceName", "One resource, registered or not.",
    [
      .required("type", .text(1...64), "The first half of permissions about it."),
      .required("id", .text(1...RegisteredResource.maximumID), "Its name, as the application knows it."),
    ])

  var name: ResourceName { ResourceName(type: type, id: id) }

  init(_ name: ResourceName) { self.init(type: name.type, id: name.id) }
}

extension Management.Resource: Described {
  static let message = Message(
    "Resource", "A thing of an application that is registered as belonging to one organization.",
    [
      .required("type", .text(1...64), "The first half of permissions about it."),
      .required("id", .text(1...RegisteredResource.maximumID)),
      .required("organization", .id, "Where decisions about it are made."), .optional("parent", parent, "What it lies in."),
      .required("attributes", .openObject, "What conditions may ask about it."), .required("created_at", .time),
      .required("version", .count, "Counts changes; also the ETag."),
    ])

  fileprivate static let parent = Schema.message(Management.ResourceName.message)

  var countedVersion: Int64? { version }

  init(_ resource: RegisteredResource) {
    self.init(
      type: resource.type, id: resource.id, organization: resource.organization.text,
      parent: resource.parent.map { Management.ResourceName($0) }, attributes: resource.attributes,
      createdAt: resource.createdAt.rfc3339, version: resource.version)
  }
}

extension Management.ResourceOwner: Described {
  static let message = Message(
    "ResourceOwner", "Says whole where a resource belongs, and what is kept of it.",
    [
      .required("organization", .id),
      .optional(
        "parent", Management.Resource.parent, "What it lies in: roles held for that one count for it too. Nothing when absent."),
      .optional("attributes", .openObject, "What conditions may ask about it; nothing when absent."),
    ])
}

extension Management.NewResource: Described {
  static let message = Message(
    "NewResource", "One of many resources to be registered.",
    [
      .required("type", .text(1...64), "The first half of permissions about it."),
      .required("id", .text(1...RegisteredResource.maximumID)),
      .optional("parent", Management.Resource.parent, "What it lies in; it may stand in the same list."),
      .optional("attributes", .openObject, "What conditions may ask about it."),
    ])
}

extension Management.NewResources: Described {
  static let message = Message(
    "NewResources", "Registers many resources of one organization.",
    [
      .required("organization", .id),
      .required(
        "resources", .list(.message(Management.NewResource.message), 1...RegisterMany.maximum), "Each stands there once."),
    ])
}

extension RegisterResource.Refusal: SaidOfOneOfMany {
  static let list = "/resources"

  var said: ManagementRefusal {
    switch self {
    case .holdsOthers: ManagementRefusal(.state, detail)
    case .changedMeanwhile: .changedMeanwhile
    case .attributesRefused: .attributes(at: "/attributes")
    case .typeRefused, .idRefused, .twice: ManagementRefusal(.notAccepted, detail)
    case .organizationUnknown, .parentUnknown, .circle, .tooDeep, .holdsTooMany:
      ManagementRefusal(.notAccepted, detail, [field(below: "")])
    }
  }

  private var detail: String {
    switch self {
    case .typeRefused: "The type is 1 to 64 of a-z, digits and hyphens, and none of Usher's own."
    case .idRefused: "The id is 1 to \(RegisteredResource.maximumID) visible characters."
    case .twice: "A resource stands there once."
    case .attributesRefused: AttributeLimits.sentence
    case .organizationUnknown: "There is no such organization, or it is closed."
    case .parentUnknown: "There is no such resource, agreement or purchasing account in the organization."
    case .circle: "A resource cannot lie in itself, nor in what lies in it."
    case .tooDeep: "A resource lies at most \(RegisteredResource.deepest) steps below another."
    case .holdsOthers: "Other resources lie in it, and would be left behind; move or forget them first."
    case .holdsTooMany:
      "At most \(RegisterResources.maximumMoved) resources lie below what one request moves; move some of what lies in it first."
    case .changedMeanwhile: "Somebody changed it at the same moment; look again."
    }
  }

  func field(below pointer: String) -> Problem.Field {
    let (member, code) =
      switch self {
      case .typeRefused: ("/type", "malformed")
      case .idRefused: ("/id", "malformed")
      case .twice: ("", "repeated")
      case .attributesRefused: ("/attributes", "too_large")
      case .organizationUnknown: ("/organization", "unknown")
      case .parentUnknown: ("/parent", "unknown")
      case .circle: ("/parent", "circle")
      case .tooDeep: ("/parent", "too_deep")
      case .holdsOthers: ("", "holds_others")
      case .holdsTooMany: ("/parent", "holds_too_many")
      case .changedMeanwhile: ("", "changed_meanwhile")
      }
    return Problem.Field(pointer: pointer + member, code: code, detail: detail)
  }
}

extension ForgetResource.Refusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .holdsOthers: ManagementRefusal(.state, "Other resources lie in it; move or forget them first.")
    case .changedMeanwhile: .changedMeanwhile
    }
  }
}

extension ViewResource.Refusal: SaidByManagement {
  var said: ManagementRefusal { .unknown }
}
