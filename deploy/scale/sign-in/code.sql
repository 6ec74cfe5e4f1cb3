-- The second of a sign-in's three commits, for pgbench: a code for a session that began a moment ago.
\set back :client_id * 8 + random(1, 8)
BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY;
SELECT id AS session, account_id AS account FROM sessions ORDER BY id DESC OFFSET :back LIMIT 1 \gset
COMMIT;
SELECT '01t' || to_hex((extract(epoch FROM clock_timestamp()) * 1000000)::bigint) || substr(md5(random()::text), 1, 10) AS name \gset

BEGIN;
SELECT ended_at FROM sessions WHERE id = :session;
INSERT INTO grants (id, application_id, account_id, account_kind, session_id, scopes, audience, is_offline, authenticated_at, created_at, expires_at)
  VALUES (:name, '01m82jg1n30002j53gsyrmkvkr', :account, 'work', :session, '["openid","profile"]', 'https://orders.contoso.example/', false, 1, 1,
    9000000000000000);
INSERT INTO authorization_codes (digest, grant_id, application_id, redirect_uri, redirect_uri_was_sent, challenge, nonce, expires_at)
  VALUES (encode(sha256(:name::bytea), 'base64'), :name, '01m82jg1n30002j53gsyrmkvkr', 'https://orders.contoso.example/callback', true,
    'KQMaU6DrNaEBLAsLJiVCyYRgT9MD8zlu943uYzbNvcc', 'Hn8bb1B7whUvixYg5D2YcA', 9000000000000000);
INSERT INTO audit_entries (id, happened_at, actor, event, object, outcome, address, request_id, details)
  VALUES (:name, 1, 'account:' || :account, 'grant.created', 'grant:' || :name, 'success', '198.51.100.27', '25c9ac6590a3062c6501a4c2',
    '{"session": "' || :session || '","offline": false}');
COMMIT;
