"""Writes figures.csv from rows.csv: python sklearn_figures.py > figures.csv  (scikit-learn 1.9.1, imbalanced-learn 0.14.2).

Lines: "logistic"; C; weights in units of the features, the intercept last; probability of each test row.
       "separable" likewise, of the training rows with the label told by the first feature, without test rows.
       "easy-ensemble"; members; mean and standard deviation of the test ROC AUC over 20 seeds.
       "balance-cascade" likewise, of the algorithm in figure 2 of Liu, Wu, Zhou 2009, written down again here.
       "auc"; C; test ROC AUC of the logistic regression.
"""
import numpy as np
from imblearn.ensemble import EasyEnsembleClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler



def cascade(X, y, members, seed):
    """Probability of a test row is the mean of the members'; ties are left to the sort, there are none in these rows."""
    rng = np.random.default_rng(seed)
    P, N = X[y == 1], X[y == 0]
    f = (len(P) / len(N)) ** (1 / (members - 1))
    left, models = N, []
    for i in range(1, members + 1):
        drawn = left[rng.choice(len(left), len(P), replace=False)]
        models.append(logistic(1).fit(np.concatenate([P, drawn]), [1] * len(P) + [0] * len(P)))
        hardest_first = np.argsort(-models[-1].predict_proba(left)[:, 1])
        left = left[hardest_first[:round(len(N) * f ** i)]]
    return lambda rows: np.mean([m.predict_proba(rows)[:, 1] for m in models], 0)


lines = [line.strip().split(",") for line in open("rows.csv")]


def read(name):
    chosen = [line for line in lines if line[0] == name]
    X = np.array([[np.float32(v) for v in line[2:]] for line in chosen], np.float64)
    return X, np.array([int(line[1]) for line in chosen])


X, y = read("training")
test, truth = read("test")


def text(numbers):
    return " ".join(repr(float(v)) for v in numbers)


def weights(pipeline):
    scaler, logistic = pipeline[0], pipeline[1]
    w = logistic.coef_[0] / scaler.scale_
    return np.append(w, logistic.intercept_[0] - w @ scaler.mean_)


def logistic(C):
    return make_pipeline(StandardScaler(), LogisticRegression(C=C, tol=1e-10, max_iter=10_000))


for C in [0.01, 1, 100]:
    fitted = logistic(C).fit(X, y)
    p = fitted.predict_proba(test)[:, 1]
    print("logistic", C, text(weights(fitted)), text(p), sep=";")
    print("auc", C, repr(float(roc_auc_score(truth, p))), "", sep=";")
print("separable", 1e4, text(weights(logistic(1e4).fit(X, X[:, 0] > 6))), "", sep=";")
for members in [4, 10]:
    aucs = [roc_auc_score(truth, EasyEnsembleClassifier(members, estimator=logistic(1), random_state=seed)
                          .fit(X, y).predict_proba(test)[:, 1]) for seed in range(20)]
    print("easy-ensemble", members, repr(float(np.mean(aucs))), repr(float(np.std(aucs))), sep=";")
    aucs = [roc_auc_score(truth, cascade(X, y, members, seed)(test)) for seed in range(20)]
    print("balance-cascade", members, repr(float(np.mean(aucs))), repr(float(np.std(aucs))), sep=";")
