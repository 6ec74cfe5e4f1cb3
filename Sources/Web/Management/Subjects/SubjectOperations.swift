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
      let wanted = SubjectDefinition(
        type: call.type, name: call.name, attributes: body.attributes ?? [:], state: RegisteredSubject.State(wire: body.state))
      let registered = try await RegisterSubject()(
        wanted, in: try call.organization, seen: call.seen, call.occasion, env: call.env)
      return (Management.Subject(registered.subject), isNew: registered.isNew)
    },
    .actInBulk(
      "/organizations/{organization}/subjects", "registerSubjects",
      "Register up to 1000 subjects that have no account: all of them, or none when anything is wrong with one.",
      needs: .permission(.userManage, in: .organization)
    ) { (call: Call, body: Management.NewSubjects) -> Management.Registrations in
      let wanted = body.subjects.map { subject in
        SubjectDefinition(
          type: subject.type, name: subject.id, attributes: subject.attributes ?? [:],
          state: RegisteredSubject.State(wire: subject.state))
      }
      return Management.Registrations(
        try await RegisterSubjects()(wanted, in: try call.organization, call.occasion, env: call.env))
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

extension RegisteredSubject.State {
  /// - Parameter word: as the document knows it.
  fileprivate init(wire word: String?) { self = word.flatMap { Self(rawValue: $0) } ?? .active }
}

extension Management.SubjectDefinition: Described {
  static let message = Message(
    "SubjectDefinition", "Says whole what is kept of a registered subject.",
    [
      .optional("attributes", .openObject, "What conditions may ask about it; nothing when absent."),
      .optional("state", .words(RegisteredSubject.State.self), "`active` when absent. A suspended one can do nothing."),
    ])
}

extension Management.NewSubject: Described {
  static let message = Message(
    "NewSubject", "One of many subjects to be registered.",
    [
      .required("type", .text(1...64)), .required("id", .text(1...RegisteredResource.maximumID), "What services call it."),
      .optional("attributes", .openObject, "What conditions may ask about it; nothing when absent."),
      .optional("state", .words(RegisteredSubject.State.self), "`active` when absent. A suspended one can do nothing."),
    ])
}

extension Management.NewSubjects: Described {
  static let message = Message(
    "NewSubjects", "Registers many subjects.",
    [
      .required(
        "subjects", .list(.message(Management.NewSubject.message), 1...RegisterMany.maximum), "Each stands there once.")
    ])
}

extension Management.SubjectName: Described {
  static let message = Message(
    "SubjectName", "A registered subject, as services call it.",
    [.required("type", .text(1...64)), .required("id", .text(1...RegisteredResource.maximumID))])
}

extension SubjectRefusal: SaidOfOneOfMany {
  static let list = "/subjects"

  var said: ManagementRefusal {
    switch self {
    case .unknown: .unknown
    case .typeRefused, .nameRefused, .twice: ManagementRefusal(.notAccepted, detail)
    case .attributesRefused: .attributes(at: "/attributes")
    case .changedMeanwhile: .changedMeanwhile
    }
  }

  private var detail: String {
    switch self {
    case .unknown: ManagementRefusal.unknown.detail
    case .typeRefused:
      "The type is 1 to 64 of a-z, digits and - _ . beginning with a letter, and none of user, group, application."
    case .nameRefused: "The id is 1 to \(RegisteredResource.maximumID) visible characters."
    case .attributesRefused: AttributeLimits.sentence
    case .twice: "A subject stands there once."
    case .changedMeanwhile: ManagementRefusal.changedMeanwhile.detail
    }
  }

  func field(below pointer: String) -> Problem.Field {
    let (member, code) =
      switch self {
      case .unknown: ("", "unknown")
      case .typeRefused: ("/type", "malformed")
      case .nameRefused: ("/id", "malformed")
      case .attributesRefused: ("/attributes", "too_large")
      case .twice: ("", "repeated")
      case .changedMeanwhile: ("", "changed_meanwhile")
      }
    return Problem.Field(pointer: pointer + member, code: code, detail: detail)
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
