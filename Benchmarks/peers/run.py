"""Measures peers on configurations, one process at a time; prints one JSON object a line.

    python run.py --peers jax_cone,jax_heis --configurations n8_T64,n12_T16 --threads 1 >> results.jsonl

A cell that runs too long or needs too much memory is ended, and its line says so in "note".
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

from measure import PEERS
from workload import CONFIGURATIONS

FOLDER = pathlib.Path(__file__).parent
PAGE = os.sysconf("SC_PAGE_SIZE")


def measure(peer, configuration, options):
    command = [sys.executable, "measure.py", peer, configuration,
               "--threads", str(options.threads), "--seconds", str(options.seconds)]
    process = subprocess.Popen(command, cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    end, note = time.monotonic() + options.limit_seconds, None
    while process.poll() is None and note is None:
        time.sleep(0.2)
        if time.monotonic() > end:
            note = f"more than {options.limit_seconds:g} s"
        elif resident_bytes(process.pid) > options.limit_gb * 1e9:
            note = f"more than {options.limit_gb:g} GB"
    if note is not None:
        process.kill()
    output = process.communicate()[0].strip()
    if note is None and process.returncode == 0:
        return json.loads(output.splitlines()[-1])
    note = note or f"failed with status {process.returncode}: run measure.py to see why"
    return {"peer": peer, "configuration": configuration, "threads": options.threads, "median_s": None, "note": note}


def resident_bytes(process):
    try:
        return int(pathlib.Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE
    except (FileNotFoundError, IndexError, ProcessLookupError):  # it has just ended
        return 0


def names(text, known):
    chosen = text.split(",")
    for name in chosen:
        if name not in known:
            raise argparse.ArgumentTypeError(f"'{name}' is not one of {', '.join(known)}")
    return chosen


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--peers", type=lambda text: names(text, PEERS), default=list(PEERS))
    parser.add_argument(
        "--configurations", type=lambda text: names(text, CONFIGURATIONS), default=list(CONFIGURATIONS))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=4, help="measure each cell about this long")
    parser.add_argument("--limit-seconds", type=float, default=420, help="end a cell that takes longer")
    parser.add_argument("--limit-gb", type=float, default=12, help="end a cell that needs more memory")
    options = parser.parse_args()
    for peer in options.peers:
        for configuration in options.configurations:
            print(json.dumps(measure(peer, configuration, options)), flush=True)


if __name__ == "__main__":
    main()
