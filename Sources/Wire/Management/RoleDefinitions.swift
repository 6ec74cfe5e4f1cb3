extension Management {
  /// What a role is called, and what it is for, in one more language.
  public struct RoleTranslation: Codable, Hashable, Sendable {
    /// A language tag (BCP 47).
    public var language: String
    /// What people call the role.
    public var name: String
    /// What it is for.
    public var description: String?

    /// All members, in the order of the document.
    public init(language: String, name: String, description: String? = nil) {
      self.language = language
      self.name = name
      self.description = description
    }
  }

  /// One permission that a role gives by itself.
  public struct RoleGrant: Codable, Hashable, Sendable {
    /// `type:action`.
    public var permission: String
    /// In the Common Expression Language; the permission counts where it is true. Without one it always counts.
    public var condition: String?

    /// All members, in the order of the document.
    public init(permission: String, condition: String? = nil) {
      self.permission = permission
      self.condition = condition
    }
  }

  /// Says whole which roles are to exclude each other.
  public struct RoleExclusionDefinition: Codable, Hashable, Sendable {
    /// What people call it.
    public var name: String
    /// What it is for.
    public var description: String?
    /// `static` or `dynamic`.
    public var kind: String
    /// The roles.
    public var roles: [String]
    /// So many of them are too many together.
    public var cardinality: Int64
    /// Where one of the portal counts; an organization's own counts there alone.
    public var organizationKinds: [String]?

    /// All members, in the order of the document.
    public init(
      name: String, description: String? = nil, kind: String, roles: [String], cardinality: Int64,
      organizationKinds: [String]? = nil
    ) {
      self.name = name
      self.description = description
      self.kind = kind
      self.roles = roles
      self.cardinality = cardinality
      self.organizationKinds = organizationKinds
    }

    enum CodingKeys: String, CodingKey {
      case name, description, kind, roles, cardinality
      case organizationKinds = "organization_kinds"
    }
  }

  /// Roles of which nobody is to have too many together.
  public struct RoleExclusion: Codable, Hashable, Sendable {
    /// Its id.
    public var id: String
    /// What people call it.
    public var name: String
    /// What it is for.
    public var description: String?
    /// `static`: they are not held together; `dynamic`: they are not used together.
    public var kind: String
    /// The roles.
    public var roles: [String]
    /// So many of them are too many together.
    public var cardinality: Int64
    /// The organization whose own it is; absent for one of the portal.
    public var organization: String?
    /// Where it counts.
    public var organizationKinds: [String]
    /// Counts changes, where one is shown; also the ETag.
    public var version: Int64?

    /// All members, in the order of the document.
    public init(
      id: String, name: String, description: String? = nil, kind: String, roles: [String], cardinality: Int64,
      organization: String? = nil, organizationKinds: [String], version: Int64? = nil
    ) {
      self.id = id
      self.name = name
      self.description = description
      self.kind = kind
      self.roles = roles
      self.cardinality = cardinality
      self.organization = organization
      self.organizationKinds = organizationKinds
      self.version = version
    }

    enum CodingKeys: String, CodingKey {
      case id, name, description, kind, roles, cardinality, organization, version
      case organizationKinds = "organization_kinds"
    }
  }

  /// Says whole how many may hold a role in one organization.
  public struct RoleLimitDefinition: Codable, Hashable, Sendable {
    /// From 1 to 10 000.
    public var maximum: Int64
    /// What it is for.
    public var description: String?

    /// All members, in the order of the document.
    public init(maximum: Int64, description: String? = nil) {
      self.maximum = maximum
      self.description = description
    }
  }

  /// How many may hold a role in one organization.
  public struct RoleLimit: Codable, Hashable, Sendable {
    /// The role, by its id.
    public var role: String
    /// So many may hold it.
    public var maximum: Int64
    /// What it is for.
    public var description: String?
    /// The organization whose own it is; absent for one of the portal.
    public var organization: String?
    /// Counts changes, where one is shown; also the ETag.
    public var version: Int64?

    /// All members, in the order of the document.
    public init(
      role: String, maximum: Int64, description: String? = nil, organization: String? = nil, version: Int64? = nil
    ) {
      self.role = role
      self.maximum = maximum
      self.description = description
      self.organization = organization
      self.version = version
    }
  }

  /// A condition that is to be checked before a role has it.
  public struct ConditionToCheck: Codable, Hashable, Sendable {
    /// In the Common Expression Language.
    public var condition: String

    /// All members, in the order of the document.
    public init(condition: String) {
      self.condition = condition
    }
  }

  /// What is to be said of a condition.
  public struct CheckedCondition: Codable, Hashable, Sendable {
    /// Whether a role can have it.
    public var sound: Bool
    /// What is wrong with it otherwise.
    public var fault: ConditionFault?

    /// All members, in the order of the document.
    public init(sound: Bool, fault: ConditionFault? = nil) {
      self.sound = sound
      self.fault = fault
    }
  }

  /// Why a text is no condition.
  public struct ConditionFault: Codable, Hashable, Sendable {
    /// `limit`, `syntax`, `unknown`, `type` or `argument`.
    public var kind: String
    /// Counted from 1.
    public var line: Int64
    /// Counted in Unicode code points, from 1.
    public var column: Int64
    /// A sentence without the position.
    public var message: String

    /// All members, in the order of the document.
    public init(kind: String, line: Int64, column: Int64, message: String) {
      self.kind = kind
      self.line = line
      self.column = column
      self.message = message
    }
  }

  /// The roles that the holder of a role may hand out, by the way in which it happens. A way that is left out allows none.
  public struct GrantableRoles: Codable, Hashable, Sendable {
    /// To members, and take from them.
    public var assignment: [String]?
    /// By invitation.
    public var invitation: [String]?
    /// By naming the administrator of an agreement.
    public var designation: [String]?

    /// All members, in the order of the document.
    public init(assignment: [String]? = nil, invitation: [String]? = nil, designation: [String]? = nil) {
      self.assignment = assignment
      self.invitation = invitation
      self.designation = designation
    }
  }

  /// Says whole what a role is to be.
  public struct RoleDefinition: Codable, Hashable, Sendable {
    /// What people call it; never compared.
    public var name: String
    /// What it is for.
    public var description: String?
    /// Both in other languages.
    public var translations: [RoleTranslation]?
    /// The permissions it gives by itself.
    public var grants: [RoleGrant]
    /// The roles whose permissions it has besides.
    public var parents: [String]?
    /// Which roles its holder may hand out.
    public var mayGrant: GrantableRoles?
    /// Where a role of the portal can be held; an organization's own role is held there alone.
    public var organizationKinds: [String]?

    /// All members, in the order of the document.
    public init(
      name: String, description: String? = nil, translations: [RoleTranslation]? = nil, grants: [RoleGrant],
      parents: [String]? = nil, mayGrant: GrantableRoles? = nil, organizationKinds: [String]? = nil
    ) {
      self.name = name
      self.description = description
      self.translations = translations
      self.grants = grants
      self.parents = parents
      self.mayGrant = mayGrant
      self.organizationKinds = organizationKinds
    }

    enum CodingKeys: String, CodingKey {
      case name, description, translations, grants, parents
      case mayGrant = "may_grant"
      case organizationKinds = "organization_kinds"
    }
  }

  /// A role as it was defined at one time.
  public struct RoleVersion: Codable, Hashable, Sendable {
    /// Counts from 1.
    public var version: Int64
    /// From when it counted.
    public var validFrom: String
    /// Until when; absent while it counts.
    public var validUntil: String?
    /// Who defined it, as the audit trail names actors.
    public var definedBy: String
    /// What it said.
    public var definition: RoleDefinition

    /// All members, in the order of the document.
    public init(version: Int64, validFrom: String, validUntil: String? = nil, definedBy: String, definition: RoleDefinition) {
      self.version = version
      self.validFrom = validFrom
      self.validUntil = validUntil
      self.definedBy = definedBy
      self.definition = definition
    }

    enum CodingKeys: String, CodingKey {
      case version, definition
      case validFrom = "valid_from"
      case validUntil = "valid_until"
      case definedBy = "defined_by"
    }
  }

  /// What a permission is for, in one more language.
  public struct PermissionTranslation: Codable, Hashable, Sendable {
    /// A language tag (BCP 47).
    public var language: String
    /// One line.
    public var summary: String

    /// All members, in the order of the document.
    public init(language: String, summary: String) {
      self.language = language
      self.summary = summary
    }
  }

  /// Says what a permission is for.
  public struct PermissionDefinition: Codable, Hashable, Sendable {
    /// One English line.
    public var summary: String
    /// The same in other languages.
    public var translations: [PermissionTranslation]?
    /// Where it means something.
    public var organizationKinds: [String]
    /// Whether it opens a customer's own business data.
    public var customerData: Bool

    /// All members, in the order of the document.
    public init(
      summary: String, translations: [PermissionTranslation]? = nil, organizationKinds: [String], customerData: Bool
    ) {
      self.summary = summary
      self.translations = translations
      self.organizationKinds = organizationKinds
      self.customerData = customerData
    }

    enum CodingKeys: String, CodingKey {
      case summary, translations
      case organizationKinds = "organization_kinds"
      case customerData = "customer_data"
    }
  }
}
