#!/usr/bin/env bash
# A PostgreSQL of its own for tests: `postgres.sh start` prints the folder it lives in and the address it answers at,
# `postgres.sh stop FOLDER` ends it and removes the folder; `halt FOLDER` kills it as a crash would, `resume FOLDER`
# starts it again. Commits are durable as in production. Needs no rights beyond one's own; root works too.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
if [ -z "$bin" ]; then bin=$(dirname "$(command -v initdb || true)"); fi
[ -x "$bin/initdb" ] || { echo "没有 PostgreSQL：tools/setup.sh test 会安装。PostgreSQL is missing; tools/setup.sh test installs it." >&2; exit 3; }

# PostgreSQL refuses root; Debian's package brings an account for it.
as_owner() {
  if [ "$(id -u)" -eq 0 ]; then
    (cd / && setpriv --reuid postgres --regid postgres --clear-groups env -i PATH="$PATH" LC_ALL=C.UTF-8 "$@")
  else
    "$@"
  fi
}

# The server must not keep open what its caller reads from.
boot() (
  for fd in $(ls /proc/self/fd); do
    [ "$fd" -le 2 ] || eval "exec $fd>&-"
  done
  as_owner "$bin/pg_ctl" -D "$1/data" -l "$1/log" -w -t 60 start >/dev/null
)

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

case "${1:-}" in
  start)
    folder=$(mktemp -d /tmp/junheng-postgres-XXXXXX)
    [ "$(id -u)" -ne 0 ] || chown postgres "$folder"
    as_owner "$bin/initdb" -D "$folder/data" -U junheng -A trust -E UTF8 --locale=C.UTF-8 >"$folder/initdb.log" 2>&1 \
      || { cat "$folder/initdb.log" >&2; rm -rf "$folder"; exit 1; }
    # Another program may take the port before the server does.
    for try in 1 2 3; do
      port=$(free_port)
      as_owner tee "$folder/data/postgresql.auto.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$folder'
fsync = on
max_connections = 600
CONF
      if boot "$folder"; then
        echo "$folder postgres://junheng@127.0.0.1:$port/postgres"
        exit 0
      fi
    done
    cat "$folder/log" >&2
    rm -rf "$folder"
    exit 1
    ;;
  stop)
    as_owner "$bin/pg_ctl" -D "$2/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$2"
    ;;
  halt) as_owner "$bin/pg_ctl" -D "$2/data" -m immediate -w stop >/dev/null ;;
  resume) boot "$2" ;;
  *)
    echo "postgres.sh start | stop FOLDER | halt FOLDER | resume FOLDER" >&2
    exit 2
    ;;
esac
