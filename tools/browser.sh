#!/usr/bin/env bash
# The tests in a browser: all of them, or those named. On SQLite, and on PostgreSQL where JUNHENG_TEST_POSTGRES names a
# server (of which databases are made and dropped) or none is named: then one of the tests' own. Pictures in out/screens.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/setup.sh test
swift build --product junheng
if [ -z "${JUNHENG_TEST_POSTGRES:-}" ] && [ "${BROWSER_ENGINES:-}" != sqlite ]; then
  server=$(tools/postgres.sh start)
  trap 'tools/postgres.sh stop "${server%% *}"' EXIT
  export JUNHENG_TEST_POSTGRES="${server##* }"
fi
JUNHENG="$(swift build --show-bin-path)/junheng"
export JUNHENG
python=$PWD/.venv/bin/python
(cd Tests/browser && "$python" -m pytest -q -p no:cacheprovider --durations=5 "$@")
