-- The third of a sign-in's three commits, for pgbench: a code that was given a moment ago, redeemed. Each connection takes
-- from others, so that no two want the same one.
\set back :client_id * 8 + random(1, 8)
BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY;
SELECT grant_id AS name FROM authorization_codes ORDER BY grant_id DESC OFFSET :back LIMIT 1 \gset
COMMIT;

BEGIN;
UPDATE authorization_codes SET spent_at = 1 WHERE digest = encode(sha256(:name::bytea), 'base64') AND (spent_at IS NULL) IS TRUE RETURNING grant_id;
SELECT session_id FROM grants WHERE id = :name;
INSERT INTO refresh_families (digest, grant_id, turn, issued_at, expires_at)
  VALUES (encode(sha256((random() || :name)::bytea), 'base64'), :name, 'n' || md5(:name), 1, 9000000000000000) ON CONFLICT DO NOTHING;
COMMIT;
