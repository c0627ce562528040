"""Writes targets.csv: python targets.py > targets.csv  (imbalanced-learn 0.14.2).

Columns: over or under; rows of each class; target; rows of each class after resampling, or "refused".
"""
import warnings

import numpy as np
from imblearn.over_sampling import RandomOverSampler
from imblearn.under_sampling import RandomUnderSampler

warnings.simplefilter("ignore")


def text(counts):
    return " ".join(f"{c}:{n}" for c, n in sorted(counts.items()))


SIZES = [{0: 100, 1: 40}, {0: 7, 1: 90}, {0: 30, 1: 30}, {0: 100, 1: 60, 2: 10}, {-3: 5, 4: 11, 9: 11}]
TARGETS = ["balanced", 1.0, 0.7, 0.5, 1 / 3, 0.1, {0: 100}, {0: 20, 1: 20}, {1: 120}, {1: 95, 0: 101}, {2: 50}, {9: 11, 4: 11}]
for sizes in SIZES:
    y = np.concatenate([np.full(n, c) for c, n in sizes.items()])
    X = np.arange(len(y), dtype=float)[:, None]
    for target in TARGETS:
        for name, sampler in [("over", RandomOverSampler), ("under", RandomUnderSampler)]:
            strategy = "auto" if target == "balanced" else target
            try:
                _, after = sampler(sampling_strategy=strategy, random_state=0).fit_resample(X, y)
                result = text(dict(zip(*np.unique(after, return_counts=True))))
            except ValueError as e:
                result = "refused"
            wanted = target if target == "balanced" else f"ratio {target!r}" if isinstance(target, float) else text(target)
            print(name, text(sizes), wanted, result, sep=";")
