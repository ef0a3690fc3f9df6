#!/usr/bin/env bash
# R beside ours: the same work on the same data on this machine, in turn, and a table of times and ratios.
# Usage: compare.sh [--quick] [--out FILE]     --quick: one round on few trials, which only shows that everything runs
# Needs R with survival, lme4, lmerTest, nlme and MASS; pbkrtest, glmmTMB and mice where they are installed. On Debian:
#   apt-get install r-base-core r-cran-survival r-cran-lme4 r-cran-lmertest r-cran-nlme r-cran-mass r-cran-pbkrtest r-cran-glmmtmb r-cran-mice
set -euo pipefail
here=$(realpath "$(dirname "$0")")
project=$here/../Tofersen.Simulation.Benchmarks
out=$here/../results/$(date +%F)-r.md
# So many trials that the processor does not learn the branches of our sorting by heart; with 50 the log-rank test takes half the time.
trials=400 simulated=4000 rounds=3 milliseconds=200
while [ $# -gt 0 ]; do
    case $1 in
        --quick) trials=5 simulated=400 rounds=1 milliseconds=50 ;;
        --out) out=$2; shift ;;
        *) sed -n '2,5s/^# //p' "$0" >&2; exit 2 ;;
    esac
    shift
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# One thread for R's linear algebra, as for ours.
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 LC_ALL=C.UTF-8

dotnet build --configuration Release "$project" > "$work/build.log" || { cat "$work/build.log"; exit 1; }
ours() { dotnet "$project/bin/Release/net10.0/Tofersen.Simulation.Benchmarks.dll" "$@"; }

ours r-export "$work" "$trials" "$simulated"
for round in $(seq "$rounds"); do
    echo "Round $round of $rounds"
    Rscript "$here/round.R" "$work" "$round" "$(awk "BEGIN { print $milliseconds / 1000 }")" "$simulated"
    ours r-time "$work" "$trials" "$round" "$milliseconds"
done
# The table is written even where answers differ, and says so.
status=0
Rscript "$here/report.R" "$work" "$out" || status=$?
cat "$out"
exit $status
