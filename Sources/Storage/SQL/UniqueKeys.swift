package import Identity

/// Which uniqueness a refused write ran into. Engines name the constraint, or its table and columns; both are in this table.
package enum UniqueKeys {
  private static let names: [(constraint: String, columns: String, name: UniqueName)] = [
    ("accounts_address", "accounts.kind, accounts.email_key", .accountAddress),
    ("agreements_number", "agreements.number_key", .agreementNumber),
    ("purchasing_accounts_number", "purchasing_accounts.number_key", .purchasingAccountNumber),
    ("memberships_pkey", "memberships.account_id, memberships.organization_id", .membership),
    (
      "role_assignments_of_accounts", "role_assignments.account_id, role_assignments.organization_id, role_assignments.role_id",
      .roleAssignment
    ),
    (
      "role_assignments_of_applications",
      "role_assignments.application_id, role_assignments.organization_id, role_assignments.role_id", .roleAssignment
    ),
    ("further_role_assignments_of_accounts", further("account_id"), .roleAssignment),
    ("further_role_assignments_of_applications", further("application_id"), .roleAssignment),
    ("further_role_assignments_of_groups", further("group_id"), .roleAssignment),
    ("further_role_assignments_of_subjects", further("subject_id"), .roleAssignment),
    ("groups_name", "groups.organization_id, groups.name_key", .groupName),
    ("subjects_name", "subjects.organization_id, subjects.type, subjects.name", .subjectName),
    ("resources_pkey", "resources.type, resources.id", .resource),
    ("permissions_pkey", "permissions.resource_type, permissions.action", .permission),
    ("role_limits_pkey", "role_limits.owner, role_limits.role_id", .roleLimit),
    ("signing_keys_pkey", "signing_keys.id", .signingKey),
    ("application_audiences_pkey", "application_audiences.audience", .audience),
  ]

  private static func further(_ holder: String) -> String {
    [holder, "organization_id", "role_id", "scope_type", "scope_id"].map { "further_role_assignments.\($0)" }
      .joined(separator: ", ")
  }

  /// - Parameter violated: the constraint's name, or `table.column, table.column`.
  package static func name(of violated: String) -> UniqueName {
    names.first { $0.constraint == violated || $0.columns == violated }?.name ?? .other
  }
}
