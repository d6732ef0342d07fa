"""Points in classes of equal and of unequal sizes as CSV files, the class first: python3 tools/benchmarks/unequal.py FOLDER"""

import sys
from pathlib import Path

import numpy as np
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine, make_blobs, make_moons
from sklearn.preprocessing import StandardScaler

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)


def write(name, points, classes):
    np.savetxt(folder / f"{name}.csv", np.column_stack([classes, points]), fmt="%.7g", delimiter=",")


def first(points, classes, counts):
    """The first rows of each class, as many as its count."""
    rows = np.concatenate([np.flatnonzero(classes == c)[:count] for c, count in counts.items()])
    rows.sort()
    return points[rows], classes[rows]


def standard(load):
    points, classes = load(return_X_y=True)
    return StandardScaler().fit_transform(points), classes


for sizes in ([240, 240, 240], [432, 144, 144], [600, 60, 60], [690, 15, 15]):
    name = "blobs-" + "-".join(map(str, sizes))
    write(name, *make_blobs(sizes, n_features=10, random_state=0))
    write("near-" + name, *make_blobs(sizes, centers=[[0, 0], [8, 0], [4, 7]], random_state=0))

digits, digit_classes = load_digits(return_X_y=True)
write("digits", digits, digit_classes)
write("digits-150-each", *first(digits, digit_classes, {c: 150 for c in range(10)}))
falling = {c: round(177 - c * 159 / 9) for c in range(10)}
write("digits-177-to-18", *first(digits, digit_classes, falling))
write("digits-170-60-20", *first(digits, digit_classes, {0: 170, 1: 60, 2: 20}))

write("iris", *load_iris(return_X_y=True))
wine, cultivars = standard(load_wine)
write("wine", wine, cultivars)
write("wine-59-30-12", *first(wine, cultivars, {0: 59, 1: 30, 2: 12}))
cancer, diagnoses = standard(load_breast_cancer)
write("cancer", cancer, diagnoses)
write("cancer-40-357", *first(cancer, diagnoses, {0: 40, 1: 357}))

varied = {"centers": [[0, 0], [9, 0], [4, 8], [-6, 7]], "cluster_std": [1, 2, 0.5, 1.5], "random_state": 1}
write("varied-500-300-150-50", *make_blobs([500, 300, 150, 50], **varied))
write("varied-250-each", *make_blobs([250, 250, 250, 250], **varied))
write("moons", *make_moons(600, noise=0.05, random_state=0))
write("moons-500-100", *make_moons((500, 100), noise=0.05, random_state=0))
