#!/usr/bin/env bash
# Measures how long the installed tool takes from the shell: --help and a power analysis of 1,000 replicates.
# Prints a table of medians of 11 runs in milliseconds, beside their budgets. For the record, with nothing else going on; no test.
# Usage: startup.sh [PACKAGES], a folder with packages of this version; packs them first where it is not given.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=11
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

packages=${1:-$work/packages}
[ $# -gt 0 ] || dotnet pack --configuration Release --output "$packages" > "$work/log" || { tail -n 20 "$work/log"; exit 1; }
version=$(basename "$packages"/Tofersen.Simulation.Tool.[0-9]*.nupkg .nupkg)
version=${version#Tofersen.Simulation.Tool.}
# A cache of its own, so that an earlier build of the same version is never taken for this one.
NUGET_PACKAGES="$work/nuget-cache" dotnet tool install Tofersen.Simulation.Tool --version "$version" --tool-path "$work/tool" \
    --add-source "$packages" > "$work/log" || { tail -n 20 "$work/log"; exit 1; }

# Median, least and largest of the times of a command, in milliseconds.
times() {
    for ((i = 0; i <= runs; i++)); do
        start=$(date +%s%N)
        "$work/tool/tofersen-sim" "$@" > "$work/out"
        end=$(date +%s%N)
        # The first reads the files into memory.
        [ "$i" = 0 ] || echo $(((end - start) / 1000000))
    done | sort -n | awk '{ time[NR] = $1 } END { print time[(NR + 1) / 2], time[1], time[NR] }'
}

echo "| command | median, ms | least | largest | budget, ms | |"
echo "| --- | ---: | ---: | ---: | ---: | --- |"
row() {
    budget=$1
    shift
    read -r median least largest < <(times "$@")
    echo "| \`tofersen-sim $*\` | $median | $least | $largest | $budget | $([ "$median" -le "$budget" ] && echo pass || echo miss) |"
}
row 150 --help
row 1500 power valor-ole --replicates 1000
echo
echo "$(grep -m1 'model name' /proc/cpuinfo | sed 's/.*: //'), $(nproc) processors, .NET $(dotnet --list-runtimes | awk '/^Microsoft.NETCore.App/ { v = $2 } END { print v }'), $(date -u +%F)."
