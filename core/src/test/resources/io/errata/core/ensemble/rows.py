"""Writes rows.csv: python rows.py > rows.csv  (numpy 2.4.6). Columns: training or test; label; four features.

Positives are one in ten, of two clusters, features of different scales; the last feature tells nothing.
"""
import numpy as np

rng = np.random.default_rng(17)


def rows(positives, negatives):
    easy = rng.normal([0, 0, 0, 0], [1, 1, 1, 1], (negatives, 4))
    half = positives // 2
    near = rng.normal([1.2, 0.5, -0.8, 0], [0.8, 1, 1, 1], (half, 4))
    far = rng.normal([2.0, -0.5, 0.2, 0], [1, 0.6, 1, 1], (positives - half, 4))
    return np.concatenate([easy, near, far]) * [1, 20, 0.05, 3] + [5, -100, 0, 0], [0] * negatives + [1] * positives


for name, positives, negatives in [("training", 40, 400), ("test", 60, 600)]:
    for x, y in zip(*rows(positives, negatives)):
        print(name, y, *("%.5g" % v for v in x), sep=",")
