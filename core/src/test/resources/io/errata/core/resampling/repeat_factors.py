"""Writes repeat_factors.csv: python repeat_factors.py > repeat_factors.csv  (numpy 2.4.6).

Columns: threshold; images, separated by commas, each the classes it shows; factor of each class by rising class; factor of each image.
The formula of LVIS, appendix B.2, and Detectron2, in matrix form.
"""
import numpy as np

rng = np.random.default_rng(5)
share = np.array([0.6, 0.3, 0.1, 0.03, 0.01, 0.004])
for n, t in [(400, 0.001), (400, 0.05), (400, 0.5), (50, 1.0), (3, 0.9)]:
    shows = rng.random((n, len(share))) < share
    shows = shows[:, shows.any(0)]
    f = shows.mean(0)
    r = np.sqrt(t / f).clip(1)
    images = np.where(shows, r, 1).max(1)
    print(t, ",".join(" ".join(map(str, np.flatnonzero(row))) for row in shows), " ".join(map(repr, map(float, r))),
          " ".join(map(repr, map(float, images))), sep=";")
