"""Golden values of the gradient aggregators, each found another way than in the program.

Needs numpy and scipy; run it by hand and copy what it prints into AggregatorValueTests.swift.
"""

import itertools

import numpy as np
from scipy.optimize import fsolve, minimize

J = np.array([[-4.0, 1, 1, 0], [6, 1, 1, 2], [1, -3, 2, 1]])
T = len(J)
G = J @ J.T


def smallest(quadratic, linear):
    """The minimiser of x'Qx/2 + c'x over x >= 0: the best of the minima over all sets of free variables."""
    best, value = np.zeros(len(linear)), 0.0
    for free in itertools.product([False, True], repeat=len(linear)):
        free = np.array(free)
        x = np.zeros(len(linear))
        if free.any():
            x[free] = np.linalg.solve(quadratic[np.ix_(free, free)], -linear[free])
        if (x >= 0).all() and x @ quadratic @ x / 2 + linear @ x < value:
            best, value = x, x @ quadratic @ x / 2 + linear @ x
    return best


def simplex_minimum(function):
    """The minimiser over weights that are not negative and sum to 1."""
    result = minimize(
        function, np.full(T, 1 / T), bounds=[(0, 1)] * T, method="SLSQP", options={"ftol": 1e-16, "maxiter": 1000},
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1})
    return result.x


def mgda():
    return simplex_minimum(lambda w: w @ G @ w)


def upgrad():
    return np.mean([np.eye(T)[t] + smallest(G, G[t]) for t in range(T)], axis=0)


def cagrad(radius=0.5):
    mean = J.mean(axis=0)
    w = simplex_minimum(lambda w: (w @ J) @ mean + radius * np.linalg.norm(mean) * np.linalg.norm(w @ J))
    return 1 / T + radius * np.linalg.norm(mean) / np.linalg.norm(w @ J) * w


def nash_mtl():
    w = fsolve(lambda w: G @ w - 1 / w, np.full(T, 0.2), xtol=1e-13)
    assert (w > 0).all()
    return w / w.sum()


def imtl_g():
    """Equal projections on the unit gradients, and weights that sum to 1."""
    units = J / np.linalg.norm(J, axis=1, keepdims=True)
    rows = np.vstack([(units[0] - units[1:]) @ J.T, np.ones(T)])
    return np.linalg.solve(rows, np.eye(T)[T - 1])


def aligned_mtl():
    """The Jacobian with all singular values replaced by the smallest."""
    u, s, v = np.linalg.svd(J, full_matrices=False)
    return np.linalg.lstsq(J.T, (s[-1] * u @ v).mean(axis=0), rcond=None)[0]


def gradvac(steps, pace):
    """Two tasks, on the vectors themselves."""
    rows, usual, result = J[:2], np.zeros((2, 2)), []
    for _ in range(steps):
        total = np.zeros(J.shape[1])
        for i, j in [(0, 1), (1, 0)]:
            g, other = rows[i].copy(), rows[j]
            cosine = g @ other / np.linalg.norm(g) / np.linalg.norm(other)
            if cosine < usual[i, j]:
                g += np.linalg.norm(g) * (
                    usual[i, j] * np.sqrt(1 - cosine**2) - cosine * np.sqrt(1 - usual[i, j] ** 2)
                ) / (np.linalg.norm(other) * np.sqrt(1 - usual[i, j] ** 2)) * other
            usual[i, j] = (1 - pace) * usual[i, j] + pace * cosine
            total += g / 2
        result.append(np.linalg.lstsq(rows.T, total, rcond=None)[0])
    return result, usual


print("G", G.tolist())
for method in [mgda, upgrad, cagrad, nash_mtl, imtl_g, aligned_mtl]:
    print(method.__name__, method().round(9).tolist())
print("cagrad 2", cagrad(2).round(9).tolist())
weights, usual = gradvac(2, 0.5)
print("gradvac", [w.round(9).tolist() for w in weights], usual.round(9).tolist())
a, b = J[0], J[1]
print("pcgrad", (np.array([1 - a @ b / (a @ a), 1 - a @ b / (b @ b)]) / 2).round(9).tolist())
