extension Migration {
  /// Organizations, people, invitations, sessions, applications, grants, keys, the audit trail and the outbox.
  ///
  /// Names are TEXT we made; times BIGINT microseconds since 1970; lists TEXT holding JSON; `…_key` the form by which two spellings are the
  /// same. `policy_state` counts the commits that changed what decisions depend on.
  static let frontDoor = """
    CREATE TABLE policy_state (
      id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
      revision BIGINT NOT NULL
    );
    INSERT INTO policy_state (id, revision) VALUES (1, 0);

    CREATE TABLE settings (
      name TEXT NOT NULL PRIMARY KEY,
      value TEXT NOT NULL
    );

    CREATE TABLE organizations (
      id TEXT NOT NULL PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('portal', 'customer', 'partner')),
      name TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('active', 'closed')),
      created_at BIGINT NOT NULL,
      version BIGINT NOT NULL
    );
    CREATE UNIQUE INDEX organizations_portal ON organizations (kind) WHERE kind = 'portal';

    CREATE TABLE agreements (
      id TEXT NOT NULL PRIMARY KEY,
      number TEXT NOT NULL,
      number_key TEXT NOT NULL,
      organization_id TEXT NOT NULL REFERENCES organizations (id),
      partner_id TEXT REFERENCES organizations (id),
      administrator_first_name TEXT NOT NULL,
      administrator_last_name TEXT NOT NULL,
      administrator_email TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
      created_at BIGINT NOT NULL,
      version BIGINT NOT NULL
    );
    CREATE UNIQUE INDEX agreements_number ON agreements (number_key);
    CREATE INDEX agreements_of_organization ON agreements (organization_id, id);
    CREATE INDEX agreements_of_partner ON agreements (partner_id, id);

    CREATE TABLE purchasing_accounts (
      id TEXT NOT NULL PRIMARY KEY,
      number TEXT NOT NULL,
      number_key TEXT NOT NULL,
      agreement_id TEXT NOT NULL REFERENCES agreements (id),
      organization_id TEXT NOT NULL REFERENCES organizations (id),
      created_at BIGINT NOT NULL
    );
    CREATE UNIQUE INDEX purchasing_accounts_number ON purchasing_accounts (number_key);
    CREATE INDEX purchasing_accounts_of_agreement ON purchasing_accounts (agreement_id, id);
    CREATE INDEX purchasing_accounts_of_organization ON purchasing_accounts (organization_id, id);

    CREATE TABLE resources (
      type TEXT NOT NULL,
      id TEXT NOT NULL,
      organization_id TEXT NOT NULL REFERENCES organizations (id),
      created_at BIGINT NOT NULL,
      version BIGINT NOT NULL,
      CONSTRAINT resources_pkey PRIMARY KEY (type, id)
    );
    CREATE INDEX resources_of_organization ON resources (organization_id, type, id);

    CREATE TABLE accounts (
      id TEXT NOT NULL PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('work', 'personal')),
      home_id TEXT REFERENCES organizations (id),
      email TEXT NOT NULL,
      email_key TEXT NOT NULL,
      first_name TEXT NOT NULL,
      last_name TEXT NOT NULL,
      language TEXT NOT NULL,
      country TEXT,
      state TEXT NOT NULL CHECK (state IN ('active', 'suspended')),
      created_at BIGINT NOT NULL,
      version BIGINT NOT NULL,
      CHECK ((kind = 'work' AND home_id IS NOT NULL) OR (kind = 'personal' AND home_id IS NULL))
    );
    CREATE UNIQUE INDEX accounts_address ON accounts (kind, email_key);

    CREATE TABLE pending_sign_ups (
      link TEXT NOT NULL PRIMARY KEY,
      email TEXT NOT NULL,
      email_key TEXT NOT NULL,
      first_name TEXT NOT NULL,
      last_name TEXT NOT NULL,
      language TEXT NOT NULL,
      country TEXT,
      password TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      used_at BIGINT
    );
    CREATE INDEX pending_sign_ups_of_address ON pending_sign_ups (email_key);
    CREATE INDEX pending_sign_ups_by_end ON pending_sign_ups (expires_at);

    CREATE TABLE memberships (
      account_id TEXT NOT NULL REFERENCES accounts (id),
      organization_id TEXT NOT NULL REFERENCES organizations (id),
      state TEXT NOT NULL CHECK (state IN ('active', 'suspended')),
      created_at BIGINT NOT NULL,
      version BIGINT NOT NULL,
      CONSTRAINT memberships_pkey PRIMARY KEY (account_id, organization_id)
    );
    CREATE INDEX memberships_of_organization ON memberships (organization_id, account_id);

    CREATE TABLE applications (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      authentication TEXT NOT NULL CHECK (authentication IN ('client_secret_basic', 'client_secret_post', 'none')),
      secrets TEXT NOT NULL,
      grant_types TEXT NOT NULL,
      redirect_uris TEXT NOT NULL,
      post_sign_out_redirect_uris TEXT NOT NULL,
      scopes TEXT NOT NULL,
      audiences TEXT NOT NULL,
      default_audience TEXT,
      requestable_audiences TEXT NOT NULL,
      signing_algorithm TEXT NOT NULL CHECK (signing_algorithm IN ('ES256', 'RS256')),
      admits TEXT NOT NULL CHECK (admits IN ('work', 'personal', 'both')),
      owner_id TEXT REFERENCES organizations (id),
      decides_in TEXT,
      is_trusted BOOLEAN NOT NULL,
      introspects_for_all BOOLEAN NOT NULL,
      start_url TEXT,
      state TEXT NOT NULL CHECK (state IN ('active', 'disabled')),
      created_at BIGINT NOT NULL,
      version BIGINT NOT NULL
    );
    CREATE INDEX applications_of_owner ON applications (owner_id, id);

    CREATE TABLE application_audiences (
      audience TEXT NOT NULL,
      application_id TEXT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
      CONSTRAINT application_audiences_pkey PRIMARY KEY (audience)
    );
    CREATE INDEX application_audiences_of_application ON application_audiences (application_id);

    CREATE TABLE initial_access_tokens (
      digest TEXT NOT NULL PRIMARY KEY,
      created_by TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      uses_left BIGINT NOT NULL CHECK (uses_left >= 0)
    );

    CREATE TABLE role_assignments (
      id TEXT NOT NULL PRIMARY KEY,
      organization_id TEXT NOT NULL REFERENCES organizations (id),
      account_id TEXT,
      application_id TEXT REFERENCES applications (id) ON DELETE CASCADE,
      role_id TEXT NOT NULL,
      granted_by TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      FOREIGN KEY (account_id, organization_id) REFERENCES memberships (account_id, organization_id) ON DELETE CASCADE,
      CHECK ((account_id IS NULL) <> (application_id IS NULL))
    );
    CREATE UNIQUE INDEX role_assignments_of_accounts ON role_assignments (account_id, organization_id, role_id);
    CREATE UNIQUE INDEX role_assignments_of_applications ON role_assignments (application_id, organization_id, role_id);
    CREATE INDEX role_assignments_of_organization ON role_assignments (organization_id, id);

    CREATE TABLE invitations (
      id TEXT NOT NULL PRIMARY KEY,
      organization_id TEXT NOT NULL REFERENCES organizations (id),
      purpose TEXT NOT NULL CHECK (purpose IN ('agreement', 'member', 'operation')),
      agreement_id TEXT REFERENCES agreements (id),
      inviter_id TEXT REFERENCES accounts (id),
      requester_id TEXT,
      email TEXT NOT NULL,
      email_key TEXT NOT NULL,
      first_name TEXT NOT NULL,
      last_name TEXT NOT NULL,
      language TEXT NOT NULL,
      country TEXT,
      roles TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'withdrawn')),
      accepted_by TEXT REFERENCES accounts (id),
      created_at BIGINT NOT NULL,
      version BIGINT NOT NULL,
      CHECK ((purpose = 'agreement') = (agreement_id IS NOT NULL)),
      CHECK ((purpose = 'member') = (inviter_id IS NOT NULL))
    );
    CREATE INDEX invitations_of_agreement ON invitations (agreement_id, email_key, id);
    CREATE INDEX invitations_of_organization ON invitations (organization_id, id);
    CREATE INDEX invitations_of_address ON invitations (organization_id, email_key);

    CREATE TABLE invitation_links (
      digest TEXT NOT NULL PRIMARY KEY,
      invitation_id TEXT NOT NULL REFERENCES invitations (id),
      sent_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('live', 'replaced', 'used', 'withdrawn'))
    );
    CREATE INDEX invitation_links_of_invitation ON invitation_links (invitation_id, sent_at);
    CREATE INDEX invitation_links_by_end ON invitation_links (expires_at);

    CREATE TABLE passwords (
      account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
      hash TEXT NOT NULL,
      changed_at BIGINT NOT NULL
    );

    CREATE TABLE peppers (
      id TEXT NOT NULL PRIMARY KEY,
      sealed TEXT NOT NULL,
      created_at BIGINT NOT NULL
    );

    CREATE TABLE devices (
      account_id TEXT NOT NULL REFERENCES accounts (id),
      digest TEXT NOT NULL,
      seen_at BIGINT NOT NULL,
      CONSTRAINT devices_pkey PRIMARY KEY (account_id, digest)
    );
    CREATE INDEX devices_by_age ON devices (seen_at);

    CREATE TABLE throttles (
      throttle_key TEXT NOT NULL PRIMARY KEY,
      failures BIGINT NOT NULL,
      since BIGINT NOT NULL,
      blocked_until BIGINT
    );
    CREATE INDEX throttles_by_age ON throttles (since);

    CREATE TABLE sessions (
      id TEXT NOT NULL PRIMARY KEY,
      secret TEXT NOT NULL,
      account_id TEXT NOT NULL REFERENCES accounts (id),
      account_kind TEXT NOT NULL CHECK (account_kind IN ('work', 'personal')),
      authenticated_at BIGINT NOT NULL,
      created_at BIGINT NOT NULL,
      last_seen_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      ended_at BIGINT,
      ending TEXT,
      user_agent TEXT NOT NULL,
      address TEXT NOT NULL,
      CHECK ((ended_at IS NULL) = (ending IS NULL))
    );
    CREATE UNIQUE INDEX sessions_secret ON sessions (secret);
    CREATE INDEX sessions_by_end ON sessions (expires_at);
    CREATE INDEX sessions_open ON sessions (account_id, created_at, id) WHERE ended_at IS NULL;

    CREATE TABLE grants (
      id TEXT NOT NULL PRIMARY KEY,
      application_id TEXT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
      account_id TEXT NOT NULL REFERENCES accounts (id),
      account_kind TEXT NOT NULL CHECK (account_kind IN ('work', 'personal')),
      organization_id TEXT REFERENCES organizations (id),
      session_id TEXT NOT NULL REFERENCES sessions (id),
      scopes TEXT NOT NULL,
      audience TEXT NOT NULL,
      is_offline BOOLEAN NOT NULL,
      authenticated_at BIGINT NOT NULL,
      created_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      ended_at BIGINT,
      ending TEXT,
      CHECK ((ended_at IS NULL) = (ending IS NULL))
    );
    CREATE INDEX grants_of_session ON grants (session_id);
    CREATE INDEX grants_open_of_account ON grants (account_id, id) WHERE ended_at IS NULL;
    CREATE INDEX grants_of_application ON grants (application_id);
    CREATE INDEX grants_ended ON grants (ended_at) WHERE ended_at IS NOT NULL;
    CREATE INDEX grants_by_end ON grants (expires_at);

    CREATE TABLE authorization_codes (
      digest TEXT NOT NULL PRIMARY KEY,
      grant_id TEXT NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
      application_id TEXT NOT NULL,
      redirect_uri TEXT NOT NULL,
      redirect_uri_was_sent BOOLEAN NOT NULL,
      challenge TEXT NOT NULL,
      nonce TEXT,
      expires_at BIGINT NOT NULL,
      spent_at BIGINT
    );
    CREATE INDEX authorization_codes_of_grant ON authorization_codes (grant_id);
    CREATE INDEX authorization_codes_by_end ON authorization_codes (expires_at);

    CREATE TABLE refresh_tokens (
      digest TEXT NOT NULL PRIMARY KEY,
      grant_id TEXT NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
      application_id TEXT NOT NULL,
      issued_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      rotated_at BIGINT
    );
    CREATE INDEX refresh_tokens_of_grant ON refresh_tokens (grant_id);
    CREATE INDEX refresh_tokens_by_end ON refresh_tokens (expires_at);

    CREATE TABLE revoked_tokens (
      token_id TEXT NOT NULL PRIMARY KEY,
      expires_at BIGINT NOT NULL
    );
    CREATE INDEX revoked_tokens_by_end ON revoked_tokens (expires_at);

    CREATE TABLE signing_keys (
      id TEXT NOT NULL,
      algorithm TEXT NOT NULL CHECK (algorithm IN ('ES256', 'RS256')),
      sealed TEXT NOT NULL,
      public_jwk TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      signs_from BIGINT NOT NULL,
      retired_at BIGINT,
      published_until BIGINT,
      CONSTRAINT signing_keys_pkey PRIMARY KEY (id)
    );

    CREATE TABLE audit_entries (
      id TEXT NOT NULL PRIMARY KEY,
      happened_at BIGINT NOT NULL,
      actor TEXT NOT NULL,
      event TEXT NOT NULL,
      object TEXT,
      organization_id TEXT,
      outcome TEXT NOT NULL CHECK (outcome IN ('success', 'denied', 'failed')),
      address TEXT,
      request_id TEXT,
      details TEXT
    );
    CREATE INDEX audit_entries_of_organization ON audit_entries (organization_id, id);

    CREATE TABLE failure_counts (
      event TEXT NOT NULL,
      hour BIGINT NOT NULL,
      count BIGINT NOT NULL,
      CONSTRAINT failure_counts_pkey PRIMARY KEY (hour, event)
    );

    CREATE TABLE letters (
      id TEXT NOT NULL PRIMARY KEY,
      recipient TEXT NOT NULL,
      recipient_name TEXT NOT NULL,
      language TEXT NOT NULL,
      sealed_content TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      attempts BIGINT NOT NULL,
      next_attempt_at BIGINT NOT NULL,
      give_up_at BIGINT NOT NULL,
      last_error TEXT
    );
    CREATE INDEX letters_due ON letters (next_attempt_at, id);
    """
}
