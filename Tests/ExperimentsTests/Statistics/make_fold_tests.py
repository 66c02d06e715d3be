"""Values of FoldTests.swift and ScoreBootstrapTests.swift, by SciPy.

    python3 make_fold_tests.py
"""

import numpy as np
from scipy import stats

# Two heads on five folds with two seeds each, [fold][seed]; 20 test and 60 training samples a fold.
A = np.array([[0.81, 0.83], [0.78, 0.80], [0.85, 0.84], [0.79, 0.82], [0.88, 0.86]])
B = np.array([[0.80, 0.79], [0.79, 0.77], [0.82, 0.80], [0.75, 0.78], [0.84, 0.85]])
difference = (A - B).mean(axis=1)
count = len(difference)
# Nadeau and Bengio (2003), section 4: the variance of the mean is (1/J + n2/n1) s^2.
error = np.sqrt((1 / count + 20 / 60) * difference.var(ddof=1))
t = difference.mean() / error
margin = stats.t.ppf(0.975, count - 1) * error
print("corrected:", difference.mean(), 2 * stats.t.sf(abs(t), count - 1), difference.mean() - margin,
      difference.mean() + margin, "d_z", difference.mean() / difference.std(ddof=1))
print("uncorrected:", stats.ttest_rel(A.mean(axis=1), B.mean(axis=1)).pvalue)
print("folds and seeds taken as independent:", stats.ttest_rel(A.ravel(), B.ravel()).pvalue)

# The correctness of 40 test samples: sample i is right unless i mod 7 is 0 or i mod 11 is 3.
right = np.array([0.0 if i % 7 == 0 or i % 11 == 3 else 1.0 for i in range(40)])
interval = stats.bootstrap((right,), np.mean, n_resamples=200_000, method="percentile", rng=1).confidence_interval
print("accuracy:", right.mean(), interval.low, interval.high)
