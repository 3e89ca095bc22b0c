#!/usr/bin/env bash
# Every test: the Swift suites, then the engine against the independent reference implementation.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/setup.sh test
swift build --build-tests

# A PostgreSQL of the tests' own, gone with them; or the server whose address is given.
if [ -z "${JUNHENG_TEST_POSTGRES:-}" ]; then
  server=$(tools/postgres.sh start)
  trap 'tools/postgres.sh stop "${server%% *}"' EXIT
  export JUNHENG_TEST_POSTGRES="${server##* }"
fi
swift test --skip-build

echo "— in a browser (make browser does it all, on both engines)"
BROWSER_ENGINES=sqlite tools/browser.sh test_year.py test_sheet.py test_formation.py

echo "— the engine against an independent implementation of docs/policy-format.md"
junheng="$(swift build --show-bin-path)/junheng"
reference=Tests/battery/reference
/usr/bin/python3 $reference/selftest.py
/usr/bin/python3 $reference/compare.py --junheng "$junheng" --seeds "${SEEDS:-1..120}"
for policy in policies/*/; do
  [ -d "$policy/examples" ] || continue
  /usr/bin/python3 $reference/compare.py --junheng "$junheng" --seeds 1..6 --policy "$policy"
done

echo "— the API against its own document"
/usr/bin/python3 Tests/api/docs.py --junheng "$junheng"
/usr/bin/python3 Tests/api/conformance.py --junheng "$junheng" --schemathesis .venv/bin/schemathesis

echo "— killed, out of disk, backed up and restored"
tools/battery.sh short "$junheng"
