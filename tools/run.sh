#!/usr/bin/env bash
# The main job on the demonstration city: facts → scores, grades, ranks, consequences → workbooks in out/.
set -euo pipefail
cd "$(dirname "$0")/.."
out=out
policy=ankang-2022
junheng() { .build/release/junheng "$@"; }

echo "① 准备环境"
tools/setup.sh run
echo "② 编译（第一次约需几分钟）"
swift build -c release --product junheng
mkdir -p "$out"
echo "③ 生成演示城市的数据"
junheng demo --policy $policy --out "$out"
echo "④ 按《安康中心城区教育集团化办学改革考核评价办法（试行）》计分、定等、排名"
junheng score --policy $policy --facts "$out/facts.json" --year 2024
echo "（前两年的结果也在 results.xlsx 里；去掉 --year 可在屏幕上看全部年度）"
echo
echo "⑤ 写出 Excel"
junheng results --policy $policy --facts "$out/facts.json" --out "$out/results.xlsx"
junheng sheet --policy $policy --facts "$out/facts.json" --group g1 --out "$out/g1-scoresheet.xlsx"
junheng facts template --policy $policy --facts "$out/facts.json" --out "$out/facts.xlsx" --force
echo
echo "完成。$out/results.xlsx 是全部集团的结果，g1-scoresheet.xlsx 是一个集团的评分表，facts.xlsx 是可填报的数据表。"
echo "任何一分都可以问为什么：.build/release/junheng policy show $policy --item 4"
