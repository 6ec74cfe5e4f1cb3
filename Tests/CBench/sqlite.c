#include "cbench.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/// Opens as Usher does: with a write-ahead log that every commit is synced to, and references that are checked.
static sqlite3 *open_database(const char *path) {
  sqlite3 *database = NULL;
  if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK &&
      sqlite3_exec(database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON", NULL, NULL, NULL) ==
          SQLITE_OK) {
    return database;
  }
  sqlite3_close(database);
  return NULL;
}

/// Runs a statement that gives no rows.
static int run(sqlite3_stmt *statement) {
  int outcome = sqlite3_step(statement);
  sqlite3_reset(statement);
  return outcome == SQLITE_DONE;
}

int64_t usher_bench_sqlite_reads(const char *path, int rows, double seconds) {
  sqlite3 *database = open_database(path);
  if (database == NULL) return -1;
  sqlite3_stmt *begin = NULL, *end = NULL, *find = NULL;
  sqlite3_prepare_v2(database, "BEGIN", -1, &begin, NULL);
  sqlite3_prepare_v2(database, "COMMIT", -1, &end, NULL);
  sqlite3_prepare_v2(database,
                     "SELECT id, secret, account_id, account_kind, authenticated_at, created_at, last_seen_at, expires_at, ended_at, ending, "
                     "user_agent, address FROM sessions WHERE secret = ?1",
                     -1, &find, NULL);
  int64_t done = 0;
  char secret[32], copy[1024];
  for (double start = now(); now() - start < seconds; done++) {
    snprintf(secret, sizeof secret, "s%d", (int)((done * 7919) % rows) + 1);
    if (!run(begin)) goto failed;
    sqlite3_bind_text(find, 1, secret, -1, SQLITE_STATIC);
    if (sqlite3_step(find) != SQLITE_ROW) goto failed;
    for (int column = 0; column < sqlite3_column_count(find); column++) {
      const unsigned char *text = sqlite3_column_text(find, column);
      if (text != NULL) memcpy(copy, text, (size_t)sqlite3_column_bytes(find, column) + 1);
    }
    sqlite3_reset(find);
    if (!run(end)) goto failed;
  }
  goto finished;
failed:
  done = -1;
finished:
  sqlite3_finalize(begin);
  sqlite3_finalize(end);
  sqlite3_finalize(find);
  sqlite3_close(database);
  return done;
}

int64_t usher_bench_sqlite_writes(const char *path, const char *account, const char *prefix, double seconds) {
  sqlite3 *database = open_database(path);
  if (database == NULL) return -1;
  sqlite3_busy_timeout(database, 5000);
  sqlite3_stmt *begin = NULL, *end = NULL, *session = NULL, *entry = NULL;
  sqlite3_prepare_v2(database, "BEGIN IMMEDIATE", -1, &begin, NULL);
  sqlite3_prepare_v2(database, "COMMIT", -1, &end, NULL);
  sqlite3_prepare_v2(database,
                     "INSERT INTO sessions (id, secret, account_id, account_kind, authenticated_at, created_at, last_seen_at, expires_at, "
                     "user_agent, address) VALUES (?1, ?1, ?2, 'personal', 1, 1, 1, 9000000000000000, 'Browser/1', '192.0.2.7')",
                     -1, &session, NULL);
  sqlite3_prepare_v2(database,
                     "INSERT INTO audit_entries (id, happened_at, actor, event, object, outcome, address) VALUES (?1, 1, 'account:' || ?2, "
                     "'session.signed-in', ?1, 'success', '192.0.2.7')",
                     -1, &entry, NULL);
  int64_t done = 0;
  char name[64];
  for (double start = now(); now() - start < seconds; done++) {
    snprintf(name, sizeof name, "%s-%012lld", prefix, (long long)done);
    sqlite3_bind_text(session, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_text(session, 2, account, -1, SQLITE_STATIC);
    sqlite3_bind_text(entry, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_text(entry, 2, account, -1, SQLITE_STATIC);
    if (!run(begin) || !run(session) || !run(entry) || !run(end)) {
      fprintf(stderr, "%s\n", sqlite3_errmsg(database));
      done = -1;
      break;
    }
  }
  sqlite3_finalize(begin);
  sqlite3_finalize(end);
  sqlite3_finalize(session);
  sqlite3_finalize(entry);
  sqlite3_close(database);
  return done;
}
