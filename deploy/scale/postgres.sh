# shellcheck shell=bash
# Sourced: starts a PostgreSQL in $folder, which must be empty. It listens on a socket in that folder, which nobody but the user postgres may
# enter, and ends with `stop_postgres`. Addresses: $address as libpq's key words, $database as Usher's setting. Processor time that it
# used so far, in milliseconds, that of finished connections alone: `postgres_spent`.
[[ $(id -u) == 0 ]] || {
  echo "PostgreSQL does not run as root, so only root can start it as somebody else" >&2
  exit 1
}
# shellcheck disable=SC2154 # whoever sources this sets it
chown postgres: "$folder"
chmod 700 "$folder"
programs=$(dirname "$(find /usr/lib/postgresql -name initdb | sort -V | tail -n 1)")
as_postgres() { setpriv --reuid postgres --regid postgres --init-groups env -C / PATH="$programs:$PATH" "$@"; }
stop_postgres() { as_postgres pg_ctl --pgdata "$folder/data" --mode immediate --silent stop >/dev/null 2>&1 || true; }
as_postgres initdb --pgdata "$folder/data" --encoding UTF8 --locale C --data-checksums --auth trust >"$folder/log" 2>&1 || {
  cat "$folder/log" >&2
  exit 1
}
as_postgres pg_ctl --pgdata "$folder/data" --silent --wait --log "$folder/server" \
  --options "-c listen_addresses='' -c unix_socket_directories='$folder' -c max_wal_size=4GB -c maintenance_work_mem=256MB" start
address="host=$folder user=postgres dbname=postgres"
# shellcheck disable=SC2034
database="postgresql://postgres@/postgres?host=$folder"
ask() { as_postgres psql --no-psqlrc --quiet --no-align --tuples-only --set=ON_ERROR_STOP=1 --dbname "$address" "$@"; }
postgres_spent() {
  awk -v ticks="$(getconf CLK_TCK)" '{ print ($16 + $17) * 1000 / ticks }' "/proc/$(head -n 1 "$folder/data/postmaster.pid")/stat"
}
