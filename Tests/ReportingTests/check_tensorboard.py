"""Loads the TensorBoard events of a run folder with the tensorboard package and holds them to its metrics.jsonl.

    pip install tensorboard && python3 check_tensorboard.py RUN
"""

import json
import math
import pathlib
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

run = pathlib.Path(sys.argv[1])
records = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
events = EventAccumulator(str(run), size_guidance={"scalars": 0})
events.Reload()
tags = events.Tags()["scalars"]
expected = {
    "loss/train": "train_loss", "loss/validation": "validation_loss",
    "macro/validation": "validation_macro", "learning_rate": "learning_rate",
}
assert set(expected) <= set(tags), f"tags are {tags}"
for tag in tags:
    scalars = events.Scalars(tag)
    assert [event.step for event in scalars] == [record["epoch"] for record in records], tag
    for event, record in zip(scalars, records):
        value = record[expected[tag]] if tag in expected else record["validation"][tag.removeprefix("validation/")]
        assert math.isclose(event.value, value, rel_tol=1e-6, abs_tol=1e-7), (tag, event.step)
print(f"{len(tags)} tags, {len(records)} epochs: all as in metrics.jsonl")
