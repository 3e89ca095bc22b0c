#!/usr/bin/env bash
# Installs what is missing on Debian 12: `setup.sh run` for building and running, `test` for the tests, `bench` for
# the benchmark.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v swift >/dev/null || { echo "需要 Swift 6.3 或更新版本（swift 不在 PATH 中）。Swift 6.3 or newer is needed." >&2; exit 1; }

# libyaml reads policies; libxlsxwriter, libzip and expat write and read workbooks; zlib makes answers smaller; SQLite
# and libpq keep the data.
packages=(pkg-config libyaml-dev libxlsxwriter-dev libzip-dev libexpat1-dev zlib1g-dev libsqlite3-dev libpq-dev)
# What pages need from elsewhere comes from PyPI, once (tools/assets.lock).
packages+=(python3 python3-pip)
case "${1:-run}" in
  # The independent reference implementation and the hostile workbooks are Python; the storage contract is tested on a
  # PostgreSQL that tools/postgres.sh starts; schemathesis from PyPI holds the server to its API's document.
  # The browser's tests drive Debian's Chromium, which needs letters for Chinese.
  test) packages+=(python3-yaml postgresql python3-venv curl jq chromium fonts-noto-cjk) ;;
  # The peers of the benchmark come from PyPI into a folder of their own; pages and saves are measured on PostgreSQL too.
  bench) packages+=(python3-venv postgresql) ;;
esac

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "安装所缺的软件包：${missing[*]}"
  sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo"
  $sudo apt-get update -qq
  # Debian's postgresql would make a server of its own and start it with the machine; the tests need only the programs.
  clusters=/etc/postgresql-common/createcluster.conf
  if [[ " ${missing[*]} " == *" postgresql "* ]] && [ ! -e "$clusters" ]; then
    $sudo mkdir -p "$(dirname "$clusters")"
    echo "create_main_cluster = false" | $sudo tee "$clusters" >/dev/null
  fi
  $sudo env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
/usr/bin/python3 tools/assets.py

# What the tests take from PyPI has a folder of its own, made anew when the list changes.
if [ "${1:-run}" = test ] && ! cmp -s tools/requirements-test.txt .venv/requirements-test.txt; then
  /usr/bin/python3 -m venv --clear .venv
  .venv/bin/python -m pip install -q --disable-pip-version-check -r tools/requirements-test.txt
  cp tools/requirements-test.txt .venv/
fi
