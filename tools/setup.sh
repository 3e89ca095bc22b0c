#!/usr/bin/env bash
# Installs what is missing on Debian 12: `setup.sh run` for building and running, `setup.sh test` for the tests as well.
set -euo pipefail

command -v swift >/dev/null || { echo "需要 Swift 6.3 或更新版本（swift 不在 PATH 中）。Swift 6.3 or newer is needed." >&2; exit 1; }

# libyaml reads policies; libxlsxwriter, libzip and expat write and read workbooks.
packages=(pkg-config libyaml-dev libxlsxwriter-dev libzip-dev libexpat1-dev)
if [ "${1:-run}" = test ]; then
  # The independent reference implementation and the hostile workbooks are Python.
  packages+=(python3 python3-yaml)
fi

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "安装所缺的软件包：${missing[*]}"
  sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo"
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
