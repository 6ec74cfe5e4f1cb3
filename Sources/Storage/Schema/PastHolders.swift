extension Migration {
  /// What holders of past assignments were called when these ended, and ways to find the assignments by them.
  ///
  /// A program that does not know the columns yet leaves them empty. Whatever is there still is named as it is called now. People have no name here: their
  /// ids outlive them, and what they are called is theirs.
  static let pastHolders = """
    ALTER TABLE past_role_assignments ADD COLUMN subject_type TEXT;
    ALTER TABLE past_role_assignments ADD COLUMN holder_name TEXT;
    UPDATE past_role_assignments
    SET holder_name = (SELECT name FROM applications WHERE id = past_role_assignments.application_id)
    WHERE application_id IN (SELECT id FROM applications);
    UPDATE past_role_assignments
    SET holder_name = (SELECT name FROM groups WHERE id = past_role_assignments.group_id)
    WHERE group_id IN (SELECT id FROM groups);
    UPDATE past_role_assignments
    SET subject_type = (SELECT type FROM subjects WHERE id = past_role_assignments.subject_id),
      holder_name = (SELECT name FROM subjects WHERE id = past_role_assignments.subject_id)
    WHERE subject_id IN (SELECT id FROM subjects);

    CREATE INDEX past_role_assignments_of_organization ON past_role_assignments (organization_id, id);
    CREATE INDEX past_role_assignments_of_role ON past_role_assignments (organization_id, role_id, id);
    CREATE INDEX past_role_assignments_of_accounts
      ON past_role_assignments (account_id, organization_id, id) WHERE account_id IS NOT NULL;
    CREATE INDEX past_role_assignments_of_applications
      ON past_role_assignments (application_id, organization_id, id) WHERE application_id IS NOT NULL;
    CREATE INDEX past_role_assignments_of_groups
      ON past_role_assignments (group_id, organization_id, id) WHERE group_id IS NOT NULL;
    CREATE INDEX past_role_assignments_of_subjects
      ON past_role_assignments (organization_id, subject_type, holder_name, id) WHERE subject_type IS NOT NULL;
    """
}
