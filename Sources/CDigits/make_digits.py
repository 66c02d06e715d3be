"""Remakes digits.bin from the copy of the data in the PyPI package scikit-learn.

    pip download --no-deps scikit-learn
    python3 make_digits.py scikit_learn-*.whl
"""
import gzip
import pathlib
import sys
import zipfile

with zipfile.ZipFile(sys.argv[1]) as wheel:
    text = gzip.decompress(wheel.read("sklearn/datasets/data/digits.csv.gz")).decode()
rows = [[int(float(cell)) for cell in line.split(",")] for line in text.split()]
assert len(rows) == 1797 and all(len(row) == 65 for row in rows)
pathlib.Path(__file__).with_name("digits.bin").write_bytes(bytes(sum(rows, [])))
