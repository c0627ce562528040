"""Writes sklearn_clustering.csv: python sklearn_clustering.py > sklearn_clustering.csv  (scikit-learn 1.9.1, numpy 2.4.6).

Columns: what; name of the data; then lists of numbers, as each test says. Rows of embeddings are flat.
"""
import numpy as np
from sklearn.cluster import DBSCAN, KMeans
from sklearn.datasets import make_blobs, make_moons
from sklearn.metrics import normalized_mutual_info_score, silhouette_samples, silhouette_score
from sklearn.metrics.cluster import contingency_matrix

rng = np.random.default_rng(7)


def row(what, name, *lists):
    print(what, name, *(" ".join(f"{v:.12g}" for v in np.ravel(x)) for x in lists), sep=";")


def floats(x):
    return np.round(x, 3).astype(np.float32).astype(np.float64)


blobs, classes = make_blobs(150, 4, centers=5, cluster_std=1.2, random_state=3)
apart, apart_classes = make_blobs(90, 2, centers=6, cluster_std=0.5, random_state=1)
moons, moon_classes = make_moons(140, noise=0.07, random_state=5)
DATA = {"blobs": (floats(blobs), classes, 5), "apart": (floats(apart), apart_classes, 6),
        "moons": (floats(moons), moon_classes, 2)}

for name, (x, y, k) in DATA.items():
    best = KMeans(k, n_init=10, random_state=0).fit(x)
    row("k-means", name, [x.shape[1], k], x, [best.inertia_])
    labels = best.labels_.copy()
    labels[rng.random(len(x)) < 0.15] = 0  # not too good a clustering
    labels[-1] = labels.max() + 1  # a row alone
    for metric in ("euclidean", "cosine"):
        each = silhouette_samples(x, labels, metric=metric)
        row(f"silhouette-{metric}", name, [x.shape[1]], x, labels, [silhouette_score(x, labels, metric=metric)],
            [each[labels == c].mean() for c in range(labels.max() + 1)])
    noisy = np.where(rng.random(len(x)) < 0.1, -1, labels)
    for which, found in (("", labels), ("-noise", noisy)):
        purity = contingency_matrix(y, found).max(axis=0).sum() / len(x)
        row("agreement", name + which, found, y, [purity, normalized_mutual_info_score(y, found)])

for name, eps, min_samples, metric in (("blobs", 1.6, 4, "euclidean"), ("moons", 0.2, 5, "euclidean"),
                                       ("moons", 0.1, 3, "euclidean"), ("apart", 0.5, 1, "euclidean"),
                                       ("blobs", 0.02, 4, "cosine")):
    x = DATA[name][0]
    found = DBSCAN(eps=eps, min_samples=min_samples, metric=metric).fit(x)
    row(f"dbscan-{metric}", name, [x.shape[1], eps, min_samples], x, found.labels_)
