-- What Usher's store reads in deploy/bench, for pgbench: a session by its secret, in a transaction that sees one state, in one message to the server.
\set number random(1, :sessions)
\startpipeline
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT id, secret, account_id, account_kind, authenticated_at, created_at, last_seen_at, expires_at, ended_at, ending, user_agent, address
  FROM sessions WHERE secret = 's' || :number;
COMMIT;
\endpipeline
