internal import AccessControl
internal import Identity
internal import Primitives
internal import Wire

extension Management.RoleTranslation: Described {
  static let message = Message(
    "RoleTranslation", "What a role is called, and what it is for, in one more language.",
    [
      .required("language", .text(2...35), "A language tag (BCP 47)."), .required("name", .text(1...Wording.maximumName)),
      .optional("description", .text(0...Wording.maximumDescription)),
    ])

  static func all(_ wording: Wording) -> [Management.RoleTranslation] {
    wording.translations.sorted { $0.key < $1.key }.map { language, words in
      Management.RoleTranslation(
        language: language, name: words.name, description: words.description.isEmpty ? nil : words.description)
    }
  }
}

extension Wording {
  /// The description, where there is one.
  var said: String? { description.isEmpty ? nil : description }
}

extension Management.RoleGrant: Described {
  static let message = Message(
    "RoleGrant", "One permission that a role gives by itself.",
    [
      .required("permission", .text(3...129), "`type:action`; each stands there once."),
      .optional(
        "condition", .text(1...ConditionLimits.textLength),
        "In the Common Expression Language, 4,096 bytes at most; the permission counts where it is true. Only for what services ask about."
      ),
    ])

  static func all(_ role: Role) -> [Management.RoleGrant] {
    guard case .listed(let permissions) = role.permissions else { return [] }
    return permissions.union(role.conditions.keys).sorted().map {
      Management.RoleGrant(permission: $0.text, condition: role.conditions[$0]?.text)
    }
  }
}

extension Management.RolePermission {
  /// What comes to a role from its parents, as far as it means something where the role can be held.
  static func inherited(_ role: Role, _ catalog: PermissionCatalog) -> [Management.RolePermission] {
    let always = role.inherited.map { (permission: $0.key, way: $0.value, condition: Condition?.none) }
    let conditional = role.conditionalGrants.sorted { $0.key < $1.key }.flatMap { permission, grants in
      grants.filter { !$0.way.isEmpty }.map { (permission: permission, way: $0.way, condition: Optional($0.condition)) }
    }
    return (always + conditional)
      .filter { found in role.organizationKinds.contains { catalog.has(found.permission, in: $0) } }
      .sorted { ($0.permission, $0.way.count) < ($1.permission, $1.way.count) }
      .map {
        Management.RolePermission(
          permission: $0.permission.text, through: $0.way.map(\.text), condition: $0.condition?.text)
      }
  }
}

extension Management.ConditionToCheck: Described {
  static let message = Message(
    "ConditionToCheck", "A condition that is to be checked before a role has it.",
    [
      // Longer than a condition may be, so that its length too is answered by the check.
      .required("condition", .text(1...(2 * ConditionLimits.textLength)), "In the Common Expression Language.")
    ])
}

extension Management.CheckedCondition: Described {
  static let message = Message(
    "CheckedCondition", "What is to be said of a condition.",
    [
      .required("sound", .flag, "Whether a role can have it."),
      .optional("fault", .message(Management.ConditionFault.message), "What is wrong with it otherwise."),
    ])

  init(_ fault: AccessControl.ConditionFault?) {
    self.init(sound: fault == nil, fault: fault.map { Management.ConditionFault($0) })
  }
}

extension Management.ConditionFault: Described {
  static let message = Message(
    "ConditionFault", "Why a text is no condition.",
    [
      .required("kind", .words(AccessControl.ConditionFault.Kind.self)), .required("line", .count, "Counted from 1."),
      .required("column", .count, "Counted in Unicode code points, from 1."),
      .required("message", .line, "A sentence without the position."),
    ])

  init(_ fault: AccessControl.ConditionFault) {
    self.init(kind: fault.kind.rawValue, line: Int64(fault.line), column: Int64(fault.column), message: fault.message)
  }
}

extension Management.GrantableRoles: Described {
  private static let roles = Schema.list(.id, 0...RoleDefinition.maximumGrantable)

  static let message = Message(
    "GrantableRoles", "The roles that the holder of a role may hand out. A way that is left out allows none.",
    [
      .optional("assignment", roles, "To members, and take from them."), .optional("invitation", roles, "By invitation."),
      .optional("designation", roles, "By naming the administrator of an agreement."),
    ])

  var ways: [GrantWay: Set<RoleID>] {
    func ids(_ texts: [String]?) -> Set<RoleID> { Set((texts ?? []).map { RoleID(trusted: $0) }) }
    return [.assignment: ids(assignment), .invitation: ids(invitation), .designation: ids(designation)]
  }

  init(_ rule: GrantRule) {
    func listed(_ way: GrantWay) -> [String]? {
      guard case .listed(let ways) = rule, let roles = ways[way] else { return nil }
      return roles.sorted().map(\.text)
    }
    self.init(assignment: listed(.assignment), invitation: listed(.invitation), designation: listed(.designation))
  }
}

extension Management.RoleDefinition: Described {
  static let message = Message(
    "RoleDefinition", "Says whole what a role is to be. Nobody puts into one what they could not give themselves.",
    [
      .required("name", .text(1...Wording.maximumName), "What people call it; nothing is decided by it."),
      .optional("description", .text(0...Wording.maximumDescription), "What it is for."),
      .optional("translations", .list(.message(Management.RoleTranslation.message), 0...Wording.maximumTranslations)),
      .required(
        "grants", .list(.message(Management.RoleGrant.message), 0...RoleDefinition.maximumPermissions),
        "The permissions it gives by itself."),
      .optional(
        "parents", .list(.id, 0...RoleInheritance.maximumParents),
        "The roles whose permissions it has besides; what their holders may hand out is not inherited."),
      .optional("may_grant", .message(Management.GrantableRoles.message)),
      .optional(
        "organization_kinds", .list(.words(OrganizationKind.self), 1...3),
        "Where a role of the portal can be held; required there. An organization's own role is held there alone."),
    ])

  /// - Parameter isOfPortal: whether it can be held in every organization of its kinds.
  func read(ofPortal isOfPortal: Bool) throws(ManagementRefusal) -> RoleDefinition {
    guard (organizationKinds != nil) == isOfPortal else {
      throw .notAccepted(
        "organization_kinds", isOfPortal ? "required" : "unknown",
        "A role of the portal names them, an organization's own does not.")
    }
    var permissions: Set<AccessControl.Permission> = []
    var conditions: [AccessControl.Permission: Condition] = [:]
    for (index, grant) in grants.enumerated() {
      guard let permission = AccessControl.Permission(text: grant.permission) else {
        throw .notAccepted("grants/\(index)/permission", "malformed", "A permission is written type:action.")
      }
      guard !permissions.contains(permission), conditions[permission] == nil else {
        throw .notAccepted("grants/\(index)/permission", "repeated", "Each permission stands there once.")
      }
      if let text = grant.condition {
        conditions[permission] = try Self.condition(text, of: index)
      } else {
        permissions.insert(permission)
      }
    }
    let translations = (translations ?? []).map { translation in
      (translation.language, Wording.Translation(name: translation.name, description: translation.description ?? ""))
    }
    guard let wording = Wording.cleaned(name: name, description: description ?? "", translations: translations) else {
      throw .notAccepted(
        "name", "malformed", "Names and descriptions are visible characters in one line, and each language stands there once.")
    }
    return RoleDefinition(
      wording: wording, permissions: permissions, conditions: conditions,
      parents: Set((parents ?? []).map { RoleID(trusted: $0) }),
      mayGrant: mayGrant?.ways ?? [:], kinds: Set((organizationKinds ?? []).compactMap { OrganizationKind(rawValue: $0) }))
  }

  /// - Parameter index: of the grant that has it.
  private static func condition(_ text: String, of index: Int) throws(ManagementRefusal) -> Condition {
    do {
      return try Condition(text)
    } catch {
      throw ManagementRefusal(
        .malformed, "The condition cannot be read.",
        [Problem.Field(pointer: "/grants/\(index)/condition", code: error.kind.rawValue, detail: error.description)])
    }
  }

  init(_ role: Role) {
    self.init(
      name: role.name, description: role.wording.said, translations: Management.RoleTranslation.all(role.wording),
      grants: Management.RoleGrant.all(role), parents: role.parents.sorted().map(\.text),
      mayGrant: Management.GrantableRoles(role.mayGrant),
      organizationKinds: role.origin == .portal ? role.organizationKinds.map(\.rawValue).sorted() : nil)
  }
}

extension Management.RoleVersion: Described {
  static let message = Message(
    "RoleVersion", "A role as it was defined at one time.",
    [
      .required("version", .count), .required("valid_from", .time),
      .optional("valid_until", .time, "The first moment at which it did not count any more; absent while it does."),
      .required("defined_by", .line, "As the audit trail names actors."),
      .required("definition", .message(Management.RoleDefinition.message)),
    ])

  init(_ past: PastVersion<DefinedRole>) {
    self.init(
      version: past.thing.version, validFrom: past.thing.definedAt.rfc3339, validUntil: past.validUntil?.rfc3339,
      definedBy: past.thing.definedBy, definition: Management.RoleDefinition(past.thing.role))
  }
}

extension Management.PermissionTranslation: Described {
  static let message = Message(
    "PermissionTranslation", "What a permission is for, in one more language.",
    [
      .required("language", .text(2...35), "A language tag (BCP 47)."),
      .required("summary", .text(1...DefinePermission.maximumSummary)),
    ])
}

extension Management.PermissionDefinition: Described {
  static let message = Message(
    "PermissionDefinition", "Says what a permission is for. Where it means something is said once and for all.",
    [
      .required("summary", .text(1...DefinePermission.maximumSummary), "One English line."),
      .optional("translations", .list(.message(Management.PermissionTranslation.message), 0...Wording.maximumTranslations)),
      .required("organization_kinds", .list(.words(OrganizationKind.self), 1...3), "Where it means something."),
      .required("customer_data", .flag, "Whether it opens a customer's own business data."),
    ])
}
