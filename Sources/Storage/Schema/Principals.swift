extension Migration {
  /// Groups, registered subjects, assignments that are narrowed or held by one of these, resources inside others, and what all of that was in the past.
  ///
  /// `role_assignments` goes on holding what it can say whole: roles of accounts and applications for everything and for good. Whatever is less than that,
  /// and whatever groups and subjects hold, stands in `further_role_assignments`, so that a program that does not know it yet takes nothing narrowed for
  /// the whole of it. A scope of none is two empty texts, because a uniqueness counts no NULL.
  ///
  /// `policy_history` and `past_role_assignments` are only ever added to, and outlive what they tell of, so they refer to nothing.
  static let principals = """
    ALTER TABLE role_assignments ADD COLUMN reason TEXT NOT NULL DEFAULT '';

    CREATE TABLE groups (
      id TEXT NOT NULL PRIMARY KEY,
      organization_id TEXT NOT NULL REFERENCES organizations (id),
      name TEXT NOT NULL,
      name_key TEXT NOT NULL,
      description TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      version BIGINT NOT NULL,
      UNIQUE (id, organization_id)
    );
    CREATE UNIQUE INDEX groups_name ON groups (organization_id, name_key);
    CREATE INDEX groups_of_organization ON groups (organization_id, id);

    CREATE TABLE subjects (
      id TEXT NOT NULL PRIMARY KEY,
      organization_id TEXT NOT NULL REFERENCES organizations (id),
      type TEXT NOT NULL,
      name TEXT NOT NULL,
      attributes TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('active', 'suspended')),
      created_at BIGINT NOT NULL,
      version BIGINT NOT NULL,
      UNIQUE (id, organization_id)
    );
    CREATE UNIQUE INDEX subjects_name ON subjects (organization_id, type, name);
    CREATE INDEX subjects_of_organization ON subjects (organization_id, id);

    CREATE TABLE group_members (
      group_id TEXT NOT NULL,
      organization_id TEXT NOT NULL,
      member TEXT NOT NULL,
      account_id TEXT,
      application_id TEXT REFERENCES applications (id) ON DELETE CASCADE,
      subject_id TEXT,
      added_by TEXT NOT NULL,
      added_at BIGINT NOT NULL,
      PRIMARY KEY (group_id, member),
      FOREIGN KEY (group_id, organization_id) REFERENCES groups (id, organization_id) ON DELETE CASCADE,
      FOREIGN KEY (account_id, organization_id) REFERENCES memberships (account_id, organization_id) ON DELETE CASCADE,
      FOREIGN KEY (subject_id, organization_id) REFERENCES subjects (id, organization_id) ON DELETE CASCADE,
      CHECK ((account_id IS NOT NULL AND application_id IS NULL AND subject_id IS NULL)
        OR (account_id IS NULL AND application_id IS NOT NULL AND subject_id IS NULL)
        OR (account_id IS NULL AND application_id IS NULL AND subject_id IS NOT NULL))
    );
    CREATE INDEX group_members_of_accounts ON group_members (account_id, organization_id);
    CREATE INDEX group_members_of_applications ON group_members (application_id);
    CREATE INDEX group_members_of_subjects ON group_members (subject_id);

    CREATE TABLE further_role_assignments (
      id TEXT NOT NULL PRIMARY KEY,
      organization_id TEXT NOT NULL REFERENCES organizations (id),
      account_id TEXT,
      application_id TEXT REFERENCES applications (id) ON DELETE CASCADE,
      group_id TEXT,
      subject_id TEXT,
      role_id TEXT NOT NULL,
      scope_type TEXT NOT NULL,
      scope_id TEXT NOT NULL,
      starts_at BIGINT,
      ends_at BIGINT,
      reason TEXT NOT NULL,
      granted_by TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      FOREIGN KEY (account_id, organization_id) REFERENCES memberships (account_id, organization_id) ON DELETE CASCADE,
      FOREIGN KEY (group_id, organization_id) REFERENCES groups (id, organization_id) ON DELETE CASCADE,
      FOREIGN KEY (subject_id, organization_id) REFERENCES subjects (id, organization_id) ON DELETE CASCADE,
      CHECK ((account_id IS NOT NULL AND application_id IS NULL AND group_id IS NULL AND subject_id IS NULL)
        OR (account_id IS NULL AND application_id IS NOT NULL AND group_id IS NULL AND subject_id IS NULL)
        OR (account_id IS NULL AND application_id IS NULL AND group_id IS NOT NULL AND subject_id IS NULL)
        OR (account_id IS NULL AND application_id IS NULL AND group_id IS NULL AND subject_id IS NOT NULL))
    );
    CREATE UNIQUE INDEX further_role_assignments_of_accounts
      ON further_role_assignments (account_id, organization_id, role_id, scope_type, scope_id);
    CREATE UNIQUE INDEX further_role_assignments_of_applications
      ON further_role_assignments (application_id, organization_id, role_id, scope_type, scope_id);
    CREATE UNIQUE INDEX further_role_assignments_of_groups
      ON further_role_assignments (group_id, organization_id, role_id, scope_type, scope_id);
    CREATE UNIQUE INDEX further_role_assignments_of_subjects
      ON further_role_assignments (subject_id, organization_id, role_id, scope_type, scope_id);
    CREATE INDEX further_role_assignments_of_organization ON further_role_assignments (organization_id, id);
    CREATE INDEX further_role_assignments_of_role ON further_role_assignments (role_id, organization_id);

    ALTER TABLE resources ADD COLUMN parent_type TEXT;
    ALTER TABLE resources ADD COLUMN parent_id TEXT;
    ALTER TABLE resources ADD COLUMN attributes TEXT NOT NULL DEFAULT '{}';
    CREATE INDEX resources_below ON resources (parent_type, parent_id, type, id);

    CREATE TABLE policy_history (
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      valid_from BIGINT NOT NULL,
      facts TEXT,
      PRIMARY KEY (kind, id, valid_from)
    );

    CREATE TABLE past_role_assignments (
      id TEXT NOT NULL PRIMARY KEY,
      organization_id TEXT NOT NULL,
      account_id TEXT,
      application_id TEXT,
      group_id TEXT,
      subject_id TEXT,
      role_id TEXT NOT NULL,
      scope_type TEXT NOT NULL,
      scope_id TEXT NOT NULL,
      starts_at BIGINT,
      ends_at BIGINT,
      reason TEXT NOT NULL,
      granted_by TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      ended_at BIGINT NOT NULL,
      ended_by TEXT
    );
    """
}
