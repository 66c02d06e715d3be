#!/bin/bash
# Shares one comparison among processes in every way that the documentation names, and kills one five times. Each time no run
# may be lost or made twice, and the table must be that of one process alone.
#
#   Tests/QMTLCommandTests/check_sharing.sh .build/release/qmtl
#
# Needs python3; parts whose program is missing are left out: GNU parallel (parallel), Open MPI (openmpi-bin).
set -euo pipefail
qmtl=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export qmtl work

# 14 trials and 21 runs: on all tasks, and of linear heads on each task alone.
cat > "$work/experiment.yaml" <<'YAML'
dataset: {name: "digits:4"}
heads: [quantum, linear, sliced]
single_task: [linear]
seeds: 3
epochs: 30
tune: {keys: {optimizer.learning_rate: [0.003, 0.03]}}
YAML
experiment="compare $work/experiment.yaml --backend cpu --threads 1 --jobs 1"
export experiment

# check NAME: holds the folder NAME and the logs NAME.*.log to the run alone.
check() {
    python3 - "$work" "$1" <<'PYTHON'
import collections, glob, json, pathlib, re, sys

work, name = pathlib.Path(sys.argv[1]), sys.argv[2]

def table(folder):
    def without_times(value):
        if isinstance(value, dict):
            return {key: without_times(item) for key, item in value.items() if key not in ("seconds", "report")}
        return [without_times(item) for item in value] if isinstance(value, list) else value
    return without_times(json.loads((folder / "comparison.json").read_text()))

def cells(folder):
    return {path.parent.relative_to(folder) for path in folder.rglob("result.json")}

alone, shared = work / "alone", work / name
assert cells(shared) == cells(alone), f"{name}: {len(cells(shared))} runs, not {len(cells(alone))}"
assert table(shared) == table(alone), f"{name}: another table"
finished = collections.Counter()
workers = 0
for log in glob.glob(str(work / f"{name}.*.log")):
    own = re.findall(r"^\[\d+/\d+\] (.*): validation ", pathlib.Path(log).read_text(), re.MULTILINE)
    finished.update(own)
    workers += bool(own)
twice = [run for run, count in finished.items() if count > 1]
assert not twice, f"{name}: made twice: {twice}"
assert len(finished) == len(cells(alone)) or name == "killed", f"{name}: {len(finished)} runs in the logs"
print(f"{name}: {len(finished)} runs by {workers} processes, none twice, the same table")
PYTHON
}

$qmtl $experiment --out "$work/alone" > "$work/alone.1.log" 2>&1
check alone

# Processes without parts, which meet at every lock.
for process in 1 2 3 4; do
    $qmtl $experiment --out "$work/locks" > "$work/locks.$process.log" 2>&1 &
done
wait
check locks

# A SLURM array: what `sbatch --array=1-4 --wrap '...'` runs on a node, without SLURM.
export SLURM_CPUS_PER_TASK=1
for task in 1 2 3 4; do
    SLURM_ARRAY_TASK_ID=$task sh -c \
        '$qmtl $experiment --out $work/slurm --shard $SLURM_ARRAY_TASK_ID/4 --threads $SLURM_CPUS_PER_TASK' \
        > "$work/slurm.$task.log" 2>&1 &
done
wait
check slurm

if command -v parallel > /dev/null; then
    parallel --jobs 4 '$qmtl $experiment --out $work/parallel --shard {}/4 > $work/parallel.{}.log 2>&1' ::: 1 2 3 4
    check parallel
fi

if command -v mpirun > /dev/null; then
    mpirun --oversubscribe -n 4 sh -c '$qmtl $experiment --out $work/mpi --shard $((OMPI_COMM_WORLD_RANK + 1))/4 \
        > $work/mpi.$OMPI_COMM_WORLD_RANK.log 2>&1'
    check mpi
fi

# Killed five times at random, then finished by two processes at once.
for attempt in 1 2 3 4 5; do
    {
        timeout --signal KILL "0.$((RANDOM % 7 + 2))" \
            $qmtl $experiment --out "$work/killed" > "$work/killed.$attempt.log" 2>&1 || true
    } 2> /dev/null
done
for process in 6 7; do
    $qmtl $experiment --out "$work/killed" > "$work/killed.$process.log" 2>&1 &
done
wait
check killed
