-- The first of a sign-in's three commits, for pgbench: whose address, which hash, how many failures; then, the password being right, a
-- session, the browser and the record.
\set number random(0, :accounts - 1)
\set place :number % :organizations
BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY;
SELECT a.id AS account, p.hash AS hash FROM accounts a JOIN passwords p ON p.account_id = a.id
  WHERE a.kind = 'work' AND a.email_key = 'person.' || lpad(:number, 9, '0') || '@contoso-' || :place || '.example' \gset
SELECT failures FROM throttles WHERE throttle_key = :account;
COMMIT;
SELECT '01t' || to_hex((extract(epoch FROM clock_timestamp()) * 1000000)::bigint) || substr(md5(random()::text), 1, 10) AS name \gset

BEGIN;
SELECT state FROM accounts WHERE id = :account;
SELECT id FROM sessions WHERE account_id = :account AND ended_at IS NULL ORDER BY created_at, id;
INSERT INTO sessions (id, secret, account_id, account_kind, authenticated_at, created_at, last_seen_at, expires_at, user_agent, address)
  VALUES (:name, encode(sha256((:name || random())::bytea), 'base64'), :account, 'work', 1, 1, 1, 9000000000000000,
    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', '198.51.100.27');
INSERT INTO devices (account_id, digest, seen_at) VALUES (:account, encode(sha256((random() || :name)::bytea), 'base64'), 1);
INSERT INTO audit_entries (id, happened_at, actor, event, object, outcome, address, request_id)
  VALUES (:name, 1, 'account:' || :account, 'session.signed-in', 'session:' || :name, 'success', '198.51.100.27', 'e0823b87b3df632a415c9c3a');
COMMIT;
