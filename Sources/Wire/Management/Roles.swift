extension Management {
  /// A role: what its holder may do, and which roles its holder may hand out.
  public struct Role: Codable, Hashable, Sendable {
    /// Its id.
    public var id: String
    /// What people call it; never compared.
    public var name: String
    /// What it is for; absent for a built-in one, which pages describe in their own words.
    public var description: String?
    /// Both in other languages.
    public var translations: [RoleTranslation]
    /// Who made it: `built-in`, `portal` or `organization`.
    public var origin: String
    /// The organization whose own it is.
    public var organization: String?
    /// Where it can be held: `portal`, `customer`, `partner`.
    public var organizationKinds: [String]
    /// Whether it permits everything there is where it is held. Computed at each decision, not stored.
    public var everything: Bool
    /// What it permits in all circumstances, by itself and by its parents, written `type:action`; for a role that permits everything, what that comes to today.
    public var permissions: [String]
    /// What it permits by itself; empty for a role that permits everything.
    public var grants: [RoleGrant]
    /// The roles whose permissions it has besides.
    public var parents: [String]
    /// What comes to it from them, and how.
    public var inherited: [RolePermission]
    /// Which roles its holder may hand out.
    public var mayGrant: MayGrant
    /// Counts changes of a defined role, where one role is shown; also the ETag.
    public var version: Int64?

    /// All members, in the order of the document.
    public init(
      id: String, name: String, description: String? = nil, translations: [RoleTranslation], origin: String,
      organization: String? = nil, organizationKinds: [String], everything: Bool, permissions: [String], grants: [RoleGrant],
      parents: [String], inherited: [RolePermission], mayGrant: MayGrant, version: Int64? = nil
    ) {
      self.id = id
      self.name = name
      self.description = description
      self.translations = translations
      self.origin = origin
      self.organization = organization
      self.organizationKinds = organizationKinds
      self.everything = everything
      self.permissions = permissions
      self.grants = grants
      self.parents = parents
      self.inherited = inherited
      self.mayGrant = mayGrant
      self.version = version
    }

    enum CodingKeys: String, CodingKey {
      case id, name, description, translations, origin, organization, everything, permissions, grants, parents, inherited, version
      case organizationKinds = "organization_kinds"
      case mayGrant = "may_grant"
    }
  }

  /// Which roles the holder of a role may hand out, by the way in which it happens.
  public struct MayGrant: Codable, Hashable, Sendable {
    /// Every role of the organization, in every way. The lists are empty then.
    public var everyRole: Bool
    /// To members, and take from them.
    public var assignment: [String]
    /// By invitation.
    public var invitation: [String]
    /// By naming the administrator of an agreement.
    public var designation: [String]

    /// All members, in the order of the document.
    public init(everyRole: Bool, assignment: [String], invitation: [String], designation: [String]) {
      self.everyRole = everyRole
      self.assignment = assignment
      self.invitation = invitation
      self.designation = designation
    }

    enum CodingKeys: String, CodingKey {
      case assignment, invitation, designation
      case everyRole = "every_role"
    }
  }

  /// A role that can be held in one organization, as the caller sees it.
  public struct RoleInOrganization: Codable, Hashable, Sendable {
    /// The role.
    public var role: Role
    /// Whether the caller may give it to members, and take it.
    public var mayAssign: Bool
    /// Whether the caller may offer it in an invitation.
    public var mayInvite: Bool

    /// All members, in the order of the document.
    public init(role: Role, mayAssign: Bool, mayInvite: Bool) {
      self.role = role
      self.mayAssign = mayAssign
      self.mayInvite = mayInvite
    }

    enum CodingKeys: String, CodingKey {
      case role
      case mayAssign = "may_assign"
      case mayInvite = "may_invite"
    }
  }

  /// One row of the permission table.
  public struct Permission: Codable, Hashable, Sendable {
    /// `type:action`.
    public var permission: String
    /// The first half.
    public var resourceType: String
    /// The second half.
    public var action: String
    /// What it is for, in one English line.
    public var summary: String
    /// The same in other languages; of a built-in one, pages have their own words.
    public var translations: [PermissionTranslation]
    /// Whether it is one of Usher's own, and cannot be changed.
    public var builtIn: Bool
    /// Where it means something.
    public var organizationKinds: [String]
    /// Whether it opens a customer's own business data.
    public var customerData: Bool
    /// Whether operators may use it in other organizations.
    public var servesOperators: Bool
    /// Whether partners may use it for agreements that name them.
    public var servesPartners: Bool
    /// Counts changes of a defined permission, where one is shown; also the ETag.
    public var version: Int64?

    /// All members, in the order of the document.
    public init(
      permission: String, resourceType: String, action: String, summary: String, translations: [PermissionTranslation],
      builtIn: Bool, organizationKinds: [String], customerData: Bool, servesOperators: Bool, servesPartners: Bool,
      version: Int64? = nil
    ) {
      self.permission = permission
      self.resourceType = resourceType
      self.action = action
      self.summary = summary
      self.translations = translations
      self.builtIn = builtIn
      self.organizationKinds = organizationKinds
      self.customerData = customerData
      self.servesOperators = servesOperators
      self.servesPartners = servesPartners
      self.version = version
    }

    enum CodingKeys: String, CodingKey {
      case permission, action, summary, translations, version
      case builtIn = "built_in"
      case resourceType = "resource_type"
      case organizationKinds = "organization_kinds"
      case customerData = "customer_data"
      case servesOperators = "serves_operators"
      case servesPartners = "serves_partners"
    }
  }
}
