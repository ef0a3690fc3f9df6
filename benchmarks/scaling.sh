#!/usr/bin/env bash
# How time and memory grow with threads, participants, replicates and visits: measures, draws, and writes a summary.
# Usage: scaling.sh [--small] [--out NAME] [CURVE...]
#   --small: only as far as 1,000 participants and 10,000 replicates
#   CURVE: threads, replicates, participants or visits, to measure these anew where NAME has the others
# Writes NAME.md and a folder NAME with CSV files and pictures; needs R (base) for slopes and pictures. On Debian: apt-get install r-base-core
set -euo pipefail
here=$(realpath "$(dirname "$0")")
project=$here/Tofersen.Simulation.Benchmarks
out=$here/results/$(date +%F)-scaling
command=scaling
curves=()
while [ $# -gt 0 ]; do
    case $1 in
        --small) command=scaling-small ;;
        --out) out=$2; shift ;;
        -*) sed -n '2,6s/^# //p' "$0" >&2; exit 2 ;;
        *) curves+=("$1") ;;
    esac
    shift
done
export LC_ALL=C.UTF-8
log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet build --configuration Release "$project" > "$log" || { cat "$log"; exit 1; }
dotnet "$project/bin/Release/net10.0/Tofersen.Simulation.Benchmarks.dll" "$command" "$out" "${curves[@]}"
Rscript "$here/r/scaling.R" "$out" "$out.md"
cat "$out.md"
