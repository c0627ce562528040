"""Writes neighbours.csv: python neighbours.py > neighbours.csv  (scikit-learn 1.9.1, numpy 2.4.6).

Columns: seed; rows; features; levels; k; the k nearest of each row, itself excluded, nearest first.
Where distances tie scikit-learn promises no order (and may drop a duplicate instead of the row itself), so there the order is
numpy's stable sort of exact distances; elsewhere it is checked to be scikit-learn's.
"""
import numpy as np
from sklearn.neighbors import NearestNeighbors

from minstd import minstd

for seed, n, d, levels, k in [(1, 500, 3, 20001, 5), (2, 300, 512, 20001, 7), (3, 150, 1, 31, 5), (4, 200, 2, 5, 10),
                              (5, 60, 64, 20001, 59), (6, 2, 4, 20001, 1), (7, 40, 3, 1, 6)]:
    X = minstd(seed, n * d, levels).reshape(n, d).astype(np.float64)
    squared = ((X[:, None] - X[None]) ** 2).sum(2)
    np.fill_diagonal(squared, np.inf)
    nearest = np.argsort(squared, axis=1, kind="stable")[:, :k]
    if d > 2:
        distances = np.take_along_axis(squared, nearest, 1)
        if (np.diff(distances, axis=1) > 0).all():
            found = NearestNeighbors(n_neighbors=k).fit(X).kneighbors(return_distance=False)
            assert (found == nearest).all()
        else:
            assert levels == 1
    print(seed, n, d, levels, k, " ".join(map(str, nearest.ravel())), sep=";")
