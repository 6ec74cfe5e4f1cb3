internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Operation {
  static let subjects: [Operation] = [
    .list(
      "/organizations/{organization}/subjects", "listSubjects", "List the registered subjects of an organization.",
      needs: .permission(.userView, in: .organization),
      query: [Parameter(name: "type", schema: .text(1...64), about: "Only those of this type.")]
    ) { call in
      Management.Page(
        try await ListSubjects()(
          of: try call.organization, type: call.query["type"], call.page, call.occasion, env: call.env),
        Management.Subject.init)
    },
    .show(
      "/organizations/{organization}/subjects/{type}/{id}", "getSubject", "Show one registered subject.",
      needs: .permission(.userView, in: .organization)
    ) { call in
      Management.Subject(
        try await ViewSubject()(type: call.type, name: call.name, of: try call.organization, call.occasion, env: call.env))
    },
    .put(
      "/organizations/{organization}/subjects/{type}/{id}", "registerSubject",
      "Register a subject that has no account, or say anew what is kept of it.",
      needs: .permission(.userManage, in: .organization), makesNew: true
    ) { (call, body: Management.SubjectDefinition) in
      let registered = try await RegisterSubject()(
        type: call.type, name: call.name, attributes: body.attributes ?? [:],
        state: body.state.flatMap { RegisteredSubject.State(rawValue: $0) } ?? .active, in: try call.organization,
        seen: call.seen, call.occasion, env: call.env)
      return (Management.Subject(registered.subject), isNew: registered.isNew)
    },
    .remove(
      "/organizations/{organization}/subjects/{type}/{id}", "deleteSubject",
      "Delete a registered subject, with the roles it holds and its places in groups.",
      needs: .permission(.userManage, in: .organization), isVersioned: true
    ) { call in
      try await DeleteSubject()(
        type: call.type, name: call.name, in: try call.organization, seen: call.seen, call.occasion, env: call.env)
    },
  ]
}

extension Management.Subject: Described {
  static let message = Message(
    "Subject",
    "Somebody or something without an account that holds roles all the same: a vehicle, a terminal, a person of another system.",
    [
      .required("type", .text(1...64)), .required("id", .text(1...RegisteredResource.maximumID), "What services call it."),
      .required("organization", .id), .required("attributes", .openObject, "What conditions may ask about it."),
      .required("state", .words(RegisteredSubject.State.self)), .required("created_at", .time),
      .required("version", .count, "Counts changes; also the ETag."),
    ])

  var countedVersion: Int64? { version }

  init(_ subject: RegisteredSubject) {
    self.init(
      type: subject.type, id: subject.name, organization: subject.organization.text, attributes: subject.attributes,
      state: subject.state.rawValue, createdAt: subject.createdAt.rfc3339, version: subject.version)
  }
}

extension Management.SubjectDefinition: Described {
  static let message = Message(
    "SubjectDefinition", "Says whole what is kept of a registered subject.",
    [
      .optional("attributes", .openObject, "What conditions may ask about it; nothing when absent."),
      .optional("state", .words(RegisteredSubject.State.self), "`active` when absent. A suspended one can do nothing."),
    ])
}

extension Management.SubjectName: Described {
  static let message = Message(
    "SubjectName", "A registered subject, as services call it.",
    [.required("type", .text(1...64)), .required("id", .text(1...RegisteredResource.maximumID))])
}

extension SubjectRefusal: SaidByManagement {
  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .typeRefused:
      ManagementRefusal(
        .notAccepted,
        "The type is 1 to 64 of a-z, digits and - _ . beginning with a letter, and none of user, group, application.")
    case .nameRefused: ManagementRefusal(.notAccepted, "The id is 1 to \(RegisteredResource.maximumID) visible characters.")
    case .attributesRefused: .attributes(at: "/attributes")
    case .changedMeanwhile: .changedMeanwhile
    }
  }
}

extension AttributeLimits {
  /// All three, for whoever passed one.
  static let sentence = "At most \(maximumBytes) bytes, nested \(maximumDepth) deep, with \(maximumMembers) members."
}

extension ManagementRefusal {
  /// Attributes beyond their limits.
  static func attributes(at pointer: String) -> ManagementRefusal {
    ManagementRefusal(.malformed, "Attributes are larger than can be kept.", [.attributes(at: pointer)])
  }
}

extension Problem.Field {
  static func attributes(at pointer: String) -> Problem.Field {
    Problem.Field(pointer: pointer, code: "too_large", detail: AttributeLimits.sentence)
  }
}
