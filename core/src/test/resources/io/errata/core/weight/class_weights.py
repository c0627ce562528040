"""Writes class_weights.csv: python class_weights.py > class_weights.csv  (scikit-learn 1.9.1; mpmath 1.3.0 with 60 digits).

Columns: formula; setting; counts; weights, margins or priors.
"""
import mpmath
import numpy as np
from sklearn.utils.class_weight import compute_class_weight

mpmath.mp.dps = 60
SMALL = [[50, 30, 20], [5000, 400, 30, 30], [7, 1], [1, 1, 1, 1, 1]]
LARGE = [[10**9, 10**6, 1000, 1], [10**9, 1]]


def row(formula, setting, counts, values):
    print(formula, setting, " ".join(map(str, counts)), " ".join(repr(float(v)) for v in values), sep=";")


def mean_one(values):
    mean = sum(values) / len(values)
    return [v / mean for v in values]


for counts in SMALL:
    labels = np.repeat(np.arange(len(counts)), counts)
    row("balanced", "", counts, compute_class_weight("balanced", classes=np.arange(len(counts)), y=labels))
for counts in SMALL + LARGE:
    n = [mpmath.mpf(c) for c in counts]
    row("inverse", "", counts, mean_one([1 / c for c in n]))
    row("median", "", counts, [np.median(counts) / c for c in counts])
    for beta in [0.0, 0.9, 0.999, 0.9999, 0.9999999999]:
        b = mpmath.mpf(beta)
        row("effective", beta, counts, mean_one([(1 - b) / (1 - b**c) for c in n]))
    quarter = [c ** mpmath.mpf(-0.25) for c in n]
    row("margins", 0.5, counts, [c / max(quarter) / 2 for c in quarter])
    row("log-priors", "", counts, [mpmath.log(c / sum(n)) for c in n])
    examples = max(counts) + 1
    row("log-odds", examples, counts, [mpmath.log(c / (examples - c)) for c in n])
    row("negatives", examples, counts, [(examples - c) / c for c in n])
