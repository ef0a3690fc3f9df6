#!/usr/bin/env bash
# Counts the instructions of every stage under callgrind and compares them with the committed table: more than a fifth more is an error.
# Usage: instructions.sh FOLDER [--renew], where publish.sh put the program; --renew writes the table instead.
# Times differ from hour to hour; the number of instructions hardly does, however busy the machine is.
set -euo pipefail
here=$(realpath "$(dirname "$0")")
table="$here/instructions.csv"
program=$(realpath "$1")/Tofersen.Simulation.AheadOfTime
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$program" stages > "$work/stages"
# The address space that the garbage collector reserves unless told otherwise is more than valgrind has.
DOTNET_GCHeapHardLimit=0x10000000 valgrind --tool=callgrind --instr-atstart=no --callgrind-out-file="$work/count" "$program" count \
    > "$work/log" 2>&1 || { tail -n 20 "$work/log"; exit 1; }

# Each file holds one stage: its name and, as the total, its instructions.
cat "$work"/count.* | awk -F': ' '/^desc: Trigger: Client Request: /{stage = $0; sub(/.*Request: /, "", stage)} /^summary: /{print stage "," $2}' > "$work/counts"
{
    echo "stage,instructions"
    awk -F, 'NR == FNR { count[$1] = $2; next } { if (!($1 in count)) { print "no count of " $1 > "/dev/stderr"; exit 1 } printf "%s,%.0f\n", $1, count[$1] / $2 }' \
        "$work/counts" "$work/stages"
} > "$work/table"

if [ "${2:-}" = --renew ]; then
    cp "$work/table" "$table"
    echo "Wrote $table."
    exit
fi

awk -F, '
    NR == FNR { if (FNR > 1) { before[$1] = $2 } next }
    FNR == 1 { next }
    {
        seen[$1] = 1
        if (!($1 in before)) { printf "%-45s %12d  is not in the table\n", $1, $2; renew = 1; next }
        ratio = $2 / before[$1]
        note = ratio > 1.2 ? "  SLOWER than the table allows" : ratio < 0.8 ? "  faster: renew the table" : ""
        printf "%-45s %12d %12d %7.3f%s\n", $1, before[$1], $2, ratio, note
        if (ratio > 1.2) { slower = 1 }
        if (ratio < 0.8) { renew = 1 }
    }
    END {
        for (stage in before) if (!(stage in seen)) { print stage " is in the table and no longer a stage"; renew = 1 }
        if (renew) { print "Renew the table: tests/aot/instructions.sh FOLDER --renew" }
        exit slower
    }' "$table" "$work/table"
