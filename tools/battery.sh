#!/usr/bin/env bash
# The long battery: killed in bursts, full disk, backup and restore, on both engines, with a release build.
# `battery.sh short JUNHENG` is what `make test` runs, on the server of the tests (JUNHENG_TEST_POSTGRES).
set -euo pipefail
cd "$(dirname "$0")/.."
battery=Tests/battery
python=/usr/bin/python3

if [ "${1:-}" = short ]; then
  junheng=$2
  rounds=3
  writers=8
else
  tools/setup.sh test
  swift build -c release --product junheng
  junheng=.build/release/junheng
  rounds=20
  writers=64
  if [ -z "${JUNHENG_TEST_POSTGRES:-}" ]; then
    server=$(tools/postgres.sh start)
    trap 'tools/postgres.sh stop "${server%% *}"' EXIT
    export JUNHENG_TEST_POSTGRES="${server##* }"
  fi
fi

$python $battery/kill.py --junheng "$junheng" --rounds $rounds --writers $writers
$python $battery/kill.py --junheng "$junheng" --rounds $rounds --writers $writers --postgres "$JUNHENG_TEST_POSTGRES"
$python $battery/full_disk.py --junheng "$junheng" --rounds $rounds
$python $battery/backup.py --junheng "$junheng" --postgres "$JUNHENG_TEST_POSTGRES"
