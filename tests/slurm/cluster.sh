#!/usr/bin/env bash
# Starts or stops a small Slurm cluster for tests: one controller and two nodes on this machine, with a munged of their own, so that nothing of
# an installed Slurm is touched. Needs root, slurm-wlm and munge.
# Usage: cluster.sh start FOLDER | node-up FOLDER NODE | node-down FOLDER NODE | stop FOLDER; then SLURM_CONF=FOLDER/slurm.conf sbatch ...
set -euo pipefail
command=$1
mkdir -p "$2"
folder=$(realpath "$2")
export SLURM_CONF="$folder/slurm.conf"

start_node() {
    slurmd -N "$1" -L "$folder/$1.log"
}

case $command in
start)
    host=$(hostname -s)
    # Ports that a Slurm of the machine's own does not have, and another test's hardly.
    port=$((20000 + $$ % 10000))
    mkdir -p "$folder/state" "$folder/munge"
    chmod 700 "$folder/munge"
    head -c 1024 /dev/urandom > "$folder/munge/key"
    chmod 600 "$folder/munge/key"
    cat > "$SLURM_CONF" <<CONF
ClusterName=test
SlurmctldHost=$host
SlurmctldPort=$port
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool-%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd-%n.pid
SlurmctldLogFile=$folder/slurmctld.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
# A node that is gone is noticed soon.
SlurmdTimeout=5
InactiveLimit=0
KillWait=1
MinJobAge=300
SchedulerParameters=sched_interval=2,bf_interval=2
NodeName=n[1-2] NodeHostname=$host Port=[$((port + 1))-$((port + 2))] CPUs=1
PartitionName=test Nodes=n[1-2] Default=YES MaxTime=INFINITE State=UP
CONF
    munged --force --key-file="$folder/munge/key" --socket="$folder/munge/socket" --pid-file="$folder/munge/pid" \
        --log-file="$folder/munge/log" --seed-file="$folder/munge/seed"
    slurmctld
    start_node n1
    start_node n2
    for _ in $(seq 100); do
        if [ "$(sinfo -h -N -t idle -o %N 2> /dev/null | sort -u | wc -l)" = 2 ]; then
            exit 0
        fi
        sleep 0.2
    done
    echo "The nodes did not come up:" >&2
    sinfo >&2 || true
    tail -n 20 "$folder"/*.log >&2
    exit 1
    ;;
node-up)
    start_node "$3"
    ;;
node-down)
    # As when its power fails: the daemon, and whatever runs under it, at once.
    daemon=$(cat "$folder/slurmd-$3.pid")
    jobs=$(squeue -h -w "$3" -o %A)
    kill -9 "$daemon"
    for job in $jobs; do
        for step in $(pgrep -f "^slurmstepd: \[$job\." || true); do
            # The step before its task, whose end it would report otherwise.
            tasks=$(pgrep -P "$step" || true)
            kill -9 "$step" || true
            for task in $tasks; do kill -9 "$task" || true; done
        done
    done
    ;;
stop)
    for pid in "$folder"/slurmd-*.pid "$folder/slurmctld.pid" "$folder/munge/pid"; do
        if [ -f "$pid" ]; then
            id=$(cat "$pid")
            kill "$id" 2> /dev/null || continue
            # A process whose parent does not ask for its end stays on the list, as Z.
            for _ in $(seq 50); do
                grep -qs '^State:[[:space:]]*[^ZX]' "/proc/$id/status" || break
                sleep 0.1
            done
        fi
    done
    ;;
*)
    echo "Unknown: $command" >&2
    exit 2
    ;;
esac
