"""Writes sklearn_calibration.csv: python sklearn_calibration.py > sklearn_calibration.csv
(scikit-learn 1.9.1, scipy 1.17.1, numpy 2.4.6, float64).

Columns: what; name of the data; then lists of numbers, as each test says.
"""
import numpy as np
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit, log_softmax, logit, softmax
from sklearn.calibration import _sigmoid_calibration, calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import brier_score_loss, fbeta_score, log_loss, precision_recall_curve

rng = np.random.default_rng(7)


def row(what, name, *lists):
    print(what, name, *(" ".join(f"{v:.12g}" for v in np.atleast_1d(x)) for x in lists), sep=";")


def normal(n, share, apart, scale=1.0):
    y = rng.random(n) < share
    y[:2] = [True, False]
    return scale * np.round(rng.standard_normal(n) + apart * y, 4), y


DATA = {
    "rare": normal(120, 0.1, 1.5),
    "even": normal(80, 0.5, 1.0),
    "separable": (np.array([-3, -2, -1, 1, 2, 3, 4.0]), np.array([0, 0, 0, 1, 1, 1, 1], bool)),
    "large": normal(60, 0.3, 1.0, 1e4),
    "offset": (lambda s, y: (np.round(s * 0.01 + 50, 6), y))(*normal(60, 0.3, 1.0)),
}
DATA["ties"] = (lambda s, y: (np.round(s), y))(*normal(120, 0.4, 1.5))


def platt(s, y):
    """Platt's objective with smoothed targets by scipy, to more digits than scikit-learn asks for."""
    up, down = y.sum(), (~y).sum()
    t = np.where(y, (up + 1) / (up + 2), 1 / (down + 2))
    m, d = s.mean(), s.std()
    u = (s - m) / d
    f = lambda w: np.sum(np.logaddexp(0, w[0] * u + w[1]) - t * (w[0] * u + w[1]))
    g = lambda w: np.array([np.sum((expit(w[0] * u + w[1]) - t) * u), np.sum(expit(w[0] * u + w[1]) - t)])
    h = lambda w: (lambda c: np.array([[np.sum(c * u * u), np.sum(c * u)], [np.sum(c * u), np.sum(c)]]))(
        expit(w[0] * u + w[1]) * (1 - expit(w[0] * u + w[1])))
    w = minimize(f, np.zeros(2), jac=g, hess=h, method="trust-exact", options={"gtol": 1e-12}).x
    for _ in range(5):
        w = w - np.linalg.solve(h(w), g(w))
    return w[0] / d, w[1] - w[0] * m / d


for name, (s, y) in DATA.items():
    slope, offset = platt(s, y)
    row("platt", name, s, y, [slope, offset], expit(slope * s + offset))
    A, B = _sigmoid_calibration(s, y)
    row("sklearn-sigmoid", name, s, y, expit(-(A * s + B)))

    ask = np.concatenate([s, np.linspace(s.min() - 1, s.max() + 1, 20)])
    iso = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(s, y.astype(float))
    row("isotonic", name, s, y, ask, iso.predict(ask))

    p, r, t = precision_recall_curve(y, s)
    row("curve", name, s, y, t, p[:-1], r[:-1])
    for beta in (0.5, 1, 2):
        best = max(fbeta_score(y, s >= v, beta=beta) for v in t)
        row("fbeta", name, s, y, [beta, best])


def nll(beta, z, y):
    return np.logaddexp(0, np.where(y, -1, 1) * z * beta).mean()


def optimum(f, slope):
    """scipy's minimum, then the root of the slope to full precision."""
    from scipy.optimize import brentq
    near = minimize_scalar(lambda b: f(np.exp(b)), bounds=(-6, 6), method="bounded", options={"xatol": 1e-9}).x
    return 1 / brentq(slope, np.exp(near - 0.1), np.exp(near + 0.1), xtol=1e-15, rtol=1e-14)


for name in ("rare", "even", "ties"):
    s, y = DATA[name]
    z = np.round(3 * s - 2, 4)
    slope = lambda b: np.mean((expit(z * b) - y) * z)
    row("temperature", name, z, y, [optimum(lambda b: nll(b, z, y), slope)])

for name, n, k in (("three", 40, 3), ("ten", 40, 10)):
    c = rng.integers(0, k, n)
    z = np.round(4 * rng.standard_normal((n, k)), 3)
    z[np.arange(n), c] += 5
    slope = lambda b: np.mean((softmax(b * z, axis=1) * z).sum(1) - z[np.arange(n), c])
    T = optimum(lambda b: -log_softmax(b * z, axis=1)[np.arange(n), c].mean(), slope)
    row("softmax-temperature", name, z.ravel(), c, [k, T], softmax(z / T, axis=1).ravel())

PROBABILITIES = {
    "confident": (lambda s, y: (np.round(expit(3 * s - 2), 5), y))(*normal(90, 0.3, 1.0)),
    "rounded": (lambda s, y: (np.round(expit(s), 1), y))(*normal(90, 0.4, 1.0)),
    "certain": (np.array([0, 0, 1, 1, 0.5, 0.25]), np.array([0, 1, 1, 0, 1, 0], bool)),
}
for name, (p, y) in PROBABILITIES.items():
    for strategy in ("uniform", "quantile"):
        for bins in (1, 5, 10):
            share, mean = calibration_curve(y, p, n_bins=bins, strategy=strategy)
            edges = (np.linspace(0, 1, bins + 1) if strategy == "uniform"
                     else np.percentile(p, np.linspace(0, 100, bins + 1)))
            ids = np.searchsorted(edges[1:-1], p)
            count = np.bincount(ids)
            count = count[count > 0]
            gap = np.abs(share - mean)
            row(strategy, name, p, y, [bins], mean, share,
                [(count * gap).sum() / len(p), gap.max(), brier_score_loss(y, p), log_loss(y, p)])

for name, (p, y) in (("confident", PROBABILITIES["confident"]),):
    shift = logit(0.01) - logit(0.25)
    row("prior", name, p, [0.25, 0.01], expit(logit(p) + shift))

# Prior of data with label shift: the likelihood's maximum by scipy.
for name, prior, n in (("half", 0.5, 300), ("few", 0.05, 300)):
    y = rng.random(n) < prior
    s = rng.standard_normal(n) + 2 * y
    p = expit(2 * np.round(s, 4) - 2 + logit(0.25))  # exact for two unit normals, 2 apart, at a prior of 0.25
    f = lambda q: -np.log(q * p / 0.25 + (1 - q) * (1 - p) / 0.75).sum()
    q = minimize_scalar(f, bounds=(0, 1), method="bounded", options={"xatol": 1e-10}).x
    row("prior-estimate", name, p, [0.25, q])
