/// One row of the permission table: what the permission is for and where it means something.
package struct PermissionDefinition: Hashable, Sendable {
  package let permission: Permission
  /// One English line for people who write applications; what people of the portal read is looked up by `descriptionKey`.
  package let summary: String
  /// The same line in other languages, by language tag (BCP 47) in lower case; only of permissions that operators defined.
  package let translations: [String: String]
  /// The kinds of organization in which the permission means something. "Everything" in an organization is every permission of its kind.
  package let kinds: Set<OrganizationKind>
  /// Whether it opens a customer's own business data. Such data is the customer's: the portal's operators do not see it by virtue of
  /// running the portal, unless `servesOperators` says that running the portal needs it.
  package let isCustomerData: Bool
  /// Whether an operator may use it in organizations other than the portal, through Usher's own management operations. It is one of the
  /// portal's permissions then.
  package let servesOperators: Bool
  /// Whether partners use it for agreements that name them. In a partner organization such a permission comes only from a role that lists
  /// it, never from "everything".
  package let servesPartners: Bool

  /// The key under which the sentences of a language describe this permission: `permission.order.view`.
  package var descriptionKey: String { "permission.\(permission.resourceType).\(permission.action)" }

  package init(
    _ permission: Permission, _ summary: String, translations: [String: String] = [:], kinds: Set<OrganizationKind>,
    isCustomerData: Bool = false, servesOperators: Bool = false, servesPartners: Bool = false
  ) {
    self.permission = permission
    self.summary = summary
    self.translations = translations
    self.kinds = kinds
    self.isCustomerData = isCustomerData
    self.servesOperators = servesOperators
    self.servesPartners = servesPartners
  }
}
