#!/usr/bin/env bash
# Where the time of a stage goes: a sampling profile of the compiled methods, those inlined counted with their callers.
# Usage: benchmarks/profile.sh STAGE [SECONDS], after a Release build; needs Linux's perf. Without a stage it lists them.
set -euo pipefail
cd "$(dirname "$0")/.."
program=tests/aot/bin/Release/net10.0/Tofersen.Simulation.AheadOfTime.dll
if [ $# -eq 0 ]; then
    dotnet "$program" stages | cut -d, -f1
    exit
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DOTNET_PerfMapEnabled=3 DOTNET_TieredPGO=1 DOTNET_EnableWriteXorExecute=0
perf record --freq 2000 --output "$work/perf" dotnet "$program" profile "$1" "${2:-8}" > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
echo "| share | method |"
echo "| ---: | --- |"
# Names are those of the runtime, with the types of parameters; what is left of them is class and method.
perf report --input "$work/perf" --no-children --stdio --percent-limit 1 --sort symbol 2> /dev/null \
    | grep -v -e '^#' -e '^$' \
    | sed -E 's/\[[.k]\] //; s/\[(OptimizedTier1|Optimized|QuickJitted|InstrumentedTier1?|Tier1|OSR)[^]]*\]//g; s/\(.*//; s/\[[A-Za-z.]+\] //g' \
    | awk '{ name = $NF; sub(/^Tofersen\.Simulation\./, "", name); gsub("::", ".", name); printf "| %s | `%s` |\n", $1, name }'
