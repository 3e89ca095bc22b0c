#!/bin/sh
# Measures bulk scoring beside its peers, pages and saves over HTTP, a country's registry, all metrics of a city, and prints their tables. Called
# by `make bench`; apart from the tests. With words, only these parts: `run.sh scoring pages saves registry ledgers`.
set -eu
cd "$(dirname "$0")/.."
scratch="${BENCH_SCRATCH:-.build}"
venv=.build/bench-venv
export BENCH_FOLDER=.build/bench
mkdir -p "$BENCH_FOLDER"
parts="${*:-scoring pages saves registry ledgers}"

for product in junheng Load Bench; do
  swift build -c release --product "$product" --scratch-path "$scratch"
done
packages() {
  cmp -s Benchmarks/requirements.txt "$venv/requirements.txt" && return
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r Benchmarks/requirements.txt
  cp Benchmarks/requirements.txt "$venv/requirements.txt"
}

failed=0
for part in $parts; do
  case $part in
    scoring)
      packages
      "$scratch/release/Bench" --out "$BENCH_FOLDER"
      timeout 500 "$venv/bin/python" Benchmarks/peers.py
      ;;
    pages) python3 Benchmarks/pages.py --bin "$scratch/release" --out "$BENCH_FOLDER/pages.json" || failed=1 ;;
    saves) python3 Benchmarks/saves.py --bin "$scratch/release" --out "$BENCH_FOLDER/saves.json" || failed=1 ;;
    registry)
      packages
      "$venv/bin/python" Benchmarks/registry.py --bin "$scratch/release" --out "$BENCH_FOLDER/registry.json" || failed=1
      ;;
    ledgers) python3 Benchmarks/ledgers.py --bin "$scratch/release" --out "$BENCH_FOLDER/ledgers.json" || failed=1 ;;
    *)
      echo "run.sh [scoring] [pages] [saves] [registry] [ledgers]" >&2
      exit 2
      ;;
  esac
done
python3 Benchmarks/figures.py "$BENCH_FOLDER"
exit $failed
