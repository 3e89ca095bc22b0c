#!/usr/bin/env bash
# The demonstration city in the browser: builds, fills a database where there is none, serves until Ctrl-C.
# PORT=9000 make run takes another port; rm -r out/demo makes the city anew, with today as its middle.
set -euo pipefail
cd "$(dirname "$0")/.."
demo=out/demo
port=${PORT:-8080}
junheng=.build/release/junheng

echo "① 准备环境"
tools/setup.sh run
echo "② 编译（第一次约需十分钟）"
swift build -c release --product junheng
if [ ! -e "$demo/junheng.db" ]; then
  echo "③ 填入演示城市：三个已公布的学年，一个进行中的学年"
  rm -rf "$demo.part"
  mkdir -p "$demo.part"
  "$junheng" database fill --database "sqlite:$demo.part/junheng.db" --policy ankang-2022 >/dev/null
  rm -rf "$demo"
  mv "$demo.part" "$demo"
fi
echo "④ 每个角色一个账户（只在本机使用；也存在 $demo/accounts.txt）"
cat "$demo/accounts.txt"
echo
# The log's lines go beside the database; what is said to people, here.
exec "$junheng" serve --database "sqlite:$demo/junheng.db" --port "$port" \
  2> >(trap '' INT; tee -a "$demo/serve.log" | grep --line-buffered -v '^{' >&2)
