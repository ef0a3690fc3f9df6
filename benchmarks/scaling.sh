#!/usr/bin/env bash
# How time and memory grow with threads, participants, replicates and visits: measures, draws, and writes a summary.
# Usage: scaling.sh [--small] [--out NAME]     --small: only as far as 1,000 participants and 10,000 replicates
# Writes NAME.md and a folder NAME with CSV files and pictures; needs R (base) for slopes and pictures. On Debian: apt-get install r-base-core
set -euo pipefail
here=$(realpath "$(dirname "$0")")
project=$here/Tofersen.Simulation.Benchmarks
out=$here/results/$(date +%F)-scaling
sizes=()
while [ $# -gt 0 ]; do
    case $1 in
        --small) sizes=(--small) ;;
        --out) out=$2; shift ;;
        *) sed -n '2,4s/^# //p' "$0" >&2; exit 2 ;;
    esac
    shift
done
export LC_ALL=C.UTF-8
log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet build --configuration Release "$project" > "$log" || { cat "$log"; exit 1; }
dotnet "$project/bin/Release/net10.0/Tofersen.Simulation.Benchmarks.dll" scaling "$out" "${sizes[@]}"
Rscript "$here/r/scaling.R" "$out" "$out.md"
cat "$out.md"
