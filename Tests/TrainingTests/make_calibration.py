"""Values of CalibrationTests.swift: scikit-learn and SciPy on the samples of MetricTests.swift.

    python3 make_calibration.py
"""

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import logsumexp
from sklearn.metrics import log_loss

LABELS = np.array([0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0])
P = np.array([0.113, 0.813, 0.413, 0.363, 0.413, 0.613, 0.213, 0.913, 0.563, 0.413, 0.063, 0.713])
CLASS_LABELS = np.array([0, 1, 2, 2, 1, 0, 2, 1, 0, 2])
CLASS_P = np.array(
    [0.7, 0.2, 0.1, 0.3, 0.5, 0.2, 0.1, 0.2, 0.7, 0.5, 0.3, 0.2, 0.2, 0.2, 0.6,
     0.4, 0.35, 0.25, 0.3, 0.3, 0.4, 0.1, 0.8, 0.1, 0.3, 0.6, 0.1, 0.25, 0.25, 0.5]).reshape(-1, 3)


def calibration_error(p, labels, bins=15):
    confidence, right = p.max(axis=1), p.argmax(axis=1) == labels
    where = np.minimum((confidence * bins).astype(int), bins - 1)
    return sum(abs(confidence[where == b].mean() - right[where == b].mean()) * (where == b).mean()
               for b in set(where))


for name, labels, p in [("binary", LABELS, np.stack([1 - P, P], axis=1)), ("classes", CLASS_LABELS, CLASS_P)]:
    logits = np.log(p)

    def scaled(temperature):
        return np.exp(logits / temperature - logsumexp(logits / temperature, axis=1, keepdims=True))

    fit = minimize_scalar(lambda t: log_loss(labels, scaled(t)), bounds=(0.05, 20), method="bounded",
                          options={"xatol": 1e-10})
    q = scaled(fit.x)
    one_hot = np.eye(p.shape[1])[labels]
    print(name, "log loss", log_loss(labels, p), "temperature", fit.x, "log loss", log_loss(labels, q),
          "calibration error", calibration_error(q, labels),
          "Brier", ((q - one_hot) ** 2).sum(axis=1).mean() / (2 if name == "binary" else 1),
          "first", q[0])
