#!/bin/sh
# Measures bulk scoring and its peers and prints one table. Called by `make bench`; apart from the tests.
set -eu
cd "$(dirname "$0")/.."
scratch="${BENCH_SCRATCH:-.build}"
venv=.build/bench-venv
export BENCH_FOLDER=.build/bench

swift build -c release --product Bench --scratch-path "$scratch"
if ! cmp -s Benchmarks/requirements.txt "$venv/requirements.txt"; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r Benchmarks/requirements.txt
  cp Benchmarks/requirements.txt "$venv/requirements.txt"
fi
"$scratch/release/Bench" --out "$BENCH_FOLDER"
timeout 500 "$venv/bin/python" Benchmarks/peers.py
