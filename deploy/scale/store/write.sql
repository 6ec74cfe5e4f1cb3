-- What Usher's store writes in deploy/bench, for pgbench: a session and its audit entry, in one message to the server.
\startpipeline
BEGIN ISOLATION LEVEL SERIALIZABLE;
INSERT INTO sessions (id, secret, account_id, account_kind, authenticated_at, created_at, last_seen_at, expires_at, user_agent, address)
  SELECT name, name, :account, 'personal', 1, 1, 1, 9000000000000000, 'Browser/1', '192.0.2.7' FROM
  (SELECT '01t' || to_hex((extract(epoch FROM clock_timestamp()) * 1000000)::bigint) || substr(md5(random()::text), 1, 10) AS name) AS new;
INSERT INTO audit_entries (id, happened_at, actor, event, object, outcome, address)
  SELECT name, 1, 'account:' || :account, 'session.signed-in', 'session:' || name, 'success', '192.0.2.7' FROM
  (SELECT '01t' || to_hex((extract(epoch FROM clock_timestamp()) * 1000000)::bigint) || substr(md5(random()::text), 1, 10) AS name) AS new;
COMMIT;
\endpipeline
