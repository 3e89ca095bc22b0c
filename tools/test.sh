#!/usr/bin/env bash
# Every test: the Swift suites, then the engine against the independent reference implementation.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/setup.sh test
swift build --build-tests
swift test --skip-build

echo "— the engine against an independent implementation of docs/policy-format.md"
junheng="$(swift build --show-bin-path)/junheng"
reference=Tests/battery/reference
/usr/bin/python3 $reference/selftest.py
/usr/bin/python3 $reference/compare.py --junheng "$junheng" --seeds "${SEEDS:-1..120}"
for policy in policies/*/; do
  [ -d "$policy/examples" ] || continue
  /usr/bin/python3 $reference/compare.py --junheng "$junheng" --seeds 1..6 --policy "$policy"
done
