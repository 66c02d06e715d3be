"""Times one peer on one configuration in this process; prints one JSON object. `run.py` calls it for every cell.

    python measure.py jax_cone n8_T64 --threads 1
"""
import argparse
import json
import os
import resource
import time
from importlib.metadata import version

# Peer -> packages whose versions are reported.
PEERS = {
    "jax_state": ["jax"],
    "jax_heis": ["jax"],
    "jax_cone": ["jax"],
    "tc_jax": ["tensorcircuit-ng", "jax"],
    "pl_torch": ["pennylane", "torch"],
    "pl_torch_shared": ["pennylane", "torch"],
}


def build(peer, cfg, inputs, threads):
    if peer.startswith("jax_"):
        import jax_hand_written
        return jax_hand_written.build(cfg, inputs, peer.removeprefix("jax_"))
    if peer == "tc_jax":
        import tensorcircuit_jax
        return tensorcircuit_jax.build(cfg, inputs)
    import pennylane_torch
    return pennylane_torch.build(cfg, inputs, threads, shared=peer == "pl_torch_shared")


def processor_seconds():
    """Processor seconds used so far by all processes, and by this one."""
    with open("/proc/stat") as file:
        user, nice, system, _, _, interrupt, soft_interrupt = map(int, file.readline().split()[1:8])
    ticks = user + nice + system + interrupt + soft_interrupt
    return ticks / os.sysconf("SC_CLK_TCK"), time.process_time()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("configuration")
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--seconds", type=float, default=4, help="measure about this long, 5 to 50 steps")
    options = parser.parse_args()

    # Libraries read these when they are imported; XLA heeds only the affinity.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = str(options.threads)
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:options.threads])

    import numpy as np
    import workload
    cfg = workload.CONFIGURATIONS[options.configuration]
    inputs = workload.make_inputs(cfg)
    step = build(options.peer, cfg, inputs, options.threads)

    start = time.perf_counter()
    step()
    first = time.perf_counter() - start

    times = []
    all_before, own_before = processor_seconds()
    start = time.perf_counter()
    while len(times) < 5 or (len(times) < 50 and time.perf_counter() - start < options.seconds):
        before = time.perf_counter()
        loss, gradients = step()
        times.append(time.perf_counter() - before)
    elapsed = time.perf_counter() - start
    all_after, own_after = processor_seconds()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    expected_loss, _, expected = workload.reference(cfg, inputs)
    loss_error = abs(float(loss) - expected_loss)
    gradient_error = max(
        float(np.max(np.abs(np.asarray(gradients[group]) - expected[group]))) for group in workload.GROUPS)
    print(json.dumps({
        "peer": options.peer,
        "configuration": cfg.name,
        "threads": options.threads,
        "median_s": float(np.median(times)),
        "min_s": min(times),
        "max_s": max(times),
        "steps": len(times),
        "first_step_s": first,
        "peak_rss_mb": peak,
        "other_cores": max(0.0, (all_after - all_before - own_after + own_before) / elapsed),
        "loss_error": loss_error,
        "gradient_error": gradient_error,
        "ok": loss_error < 1e-4 and gradient_error < 1e-4,
        "versions": {package: version(package) for package in PEERS[options.peer]},
    }))


if __name__ == "__main__":
    main()
