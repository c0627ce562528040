"""Writes smote.csv: python smote.py > smote.csv  (imbalanced-learn 0.14.2, numpy 2.4.6).

40 rows of class 1 and 60 of class 0, 3 features, grown to 200,040 rows of class 1. Columns: k; mean of the synthetic rows;
covariance, row after row.
"""
import numpy as np
from imblearn.over_sampling import SMOTE

from minstd import minstd

X = minstd(11, 300).reshape(100, 3).astype(np.float64)
X[:40] *= [1, 2, 0.5]
y = np.array([1] * 40 + [0] * 60)
for k in [1, 5, 12]:
    grown, labels = SMOTE(sampling_strategy={1: 200_040}, k_neighbors=k, random_state=3).fit_resample(X, y)
    synthetic = grown[100:]
    assert (labels[100:] == 1).all()
    print(k, " ".join(map(str, synthetic.mean(0))), " ".join(map(str, np.cov(synthetic.T).ravel())), sep=";")
