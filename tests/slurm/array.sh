#!/usr/bin/env bash
# A plan of eight shards on a Slurm cluster of two nodes, of which one is stopped in the middle: the result must be that of one undisturbed run, to the byte.
# Usage: array.sh PROGRAM FOLDER, where PROGRAM is an executable tofersen-sim and FOLDER is empty. Needs root, slurm-wlm and munge.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
export TOFERSEN_SIM=$1
work=$(realpath "$2")
scenario=valor-ole
replicates=${REPLICATES:-48000}
export SLURM_CONF="$work/cluster/slurm.conf"

"$here/cluster.sh" start "$work/cluster"
trap '"$here/cluster.sh" stop "$work/cluster"' EXIT

# A folder with a blank in its name, which the script must stand.
"$TOFERSEN_SIM" plan "$scenario" --replicates "$replicates" --seed 5 --shards 8 --out "$work/a plan"
job=$(sbatch --parsable "$work/a plan/array.sbatch")

# Until both nodes have finished a task and the one to be stopped is at work; between two tasks it is not.
running=
for _ in $(seq 300); do
    finished=$(find "$work/a plan/blocks" -name '*.block' | wc -l)
    [ "$finished" -lt 25 ] || running=$(squeue -h -w n2 -t R -o %i)
    [ -z "$running" ] || break
    sleep 0.1
done
[ -n "$running" ] || { echo "Nothing runs on the node that is to be stopped." >&2; squeue >&2; exit 1; }
"$here/cluster.sh" node-down "$work/cluster" n2
echo "Stopped node n2 at $finished blocks; it was running task $running."

for _ in $(seq 240); do
    [ -z "$(squeue -h -j "$job" -o %i 2> /dev/null)" ] && break
    # Slurm lets a task that a dead node threw back wait for two minutes; the test does not.
    for task in $(squeue -h -j "$job" -t PD -o '%i %r' 2> /dev/null | sed -n 's/ BeginTime$//p'); do
        scontrol update "JobId=$task" StartTime=now || true
    done
    sleep 0.5
done
if ! "$TOFERSEN_SIM" status "$work/a plan" --shards 8; then
    squeue >&2
    tail -n 5 "$work/a plan"/logs/*.log >&2
    exit 1
fi
restarts=$(scontrol show job "$job" | grep -o 'Restarts=[1-9][0-9]*' | wc -l)
[ "$restarts" -ge 1 ] || { echo "No task was requeued." >&2; exit 1; }

"$TOFERSEN_SIM" merge "$work/a plan" --format json > "$work/merged.json"
"$TOFERSEN_SIM" power "$scenario" --replicates "$replicates" --seed 5 --format json > "$work/alone.json"
cmp "$work/merged.json" "$work/alone.json"
echo "The same bytes: $restarts task requeued, $(wc -c < "$work/alone.json") bytes."
