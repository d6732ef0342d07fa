"""Compares Shoal with the limits of cuML's published tests (python/cuml/tests, August 2026), on the same data; cuML itself,
which needs CUDA, is not run.

    pip install scikit-learn
    python3 tools/conformance/compare_cuml.py [--engine wasm] [--seeds 10]

Shoal runs in tools/conformance/run-tasks.mjs, which needs Node.js and a build. cuML draws a seed of its own for each run
of a test, so the worst of that many seeds must be within the limit here. Ends with status 1 when one is missed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn import cluster, datasets, decomposition
from sklearn.manifold import trustworthiness
from sklearn.metrics import adjusted_rand_score
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")


class Tasks:
    """Collects the tasks for Shoal, and the checks of their results."""

    def __init__(self, seeds):
        self.seeds = seeds
        self.tasks = []
        self.rows = []

    def add(self, what, limit, judge, points, task, worst=min, seeds=None, **arrays):
        """`judge` turns a result into a number; the worst seed counts."""
        numbers = []
        for seed in range(self.seeds if seeds is None else seeds):
            numbers.append(len(self.tasks))
            seeded = {**task, "options": {**task["options"], **({} if task["method"] == "trustworthiness" else {"seed": seed})}}
            self.tasks.append((points, seeded, arrays))
        self.rows.append((what, limit, judge, numbers, worst))

    def run(self, engine):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for number, (points, task, arrays) in enumerate(self.tasks):
                np.save(folder / f"{number:04}.points.npy", np.ascontiguousarray(points, dtype=np.float64))
                for kind, array in arrays.items():
                    np.save(folder / f"{number:04}.{kind}.npy", np.ascontiguousarray(array, dtype=np.float64))
                (folder / f"{number:04}.task.json").write_text(json.dumps(task))
            script = Path(__file__).parent / "run-tasks.mjs"
            subprocess.run(["node", script, folder, engine], check=True, stdout=sys.stderr)
            results = [json.loads((folder / f"{number:04}.result.json").read_text()) for number in range(len(self.tasks))]
        for what, limit, judge, numbers, worst in self.rows:
            yield what, limit, worst(judge(results[number]) for number in numbers)


def kmeans_tests(tasks):
    def blobs(rows, columns, clusters, deviation=1.0):
        return datasets.make_blobs(rows, columns, centers=clusters, cluster_std=deviation, shuffle=False, random_state=0)

    def options(clusters, **more):
        return {"method": "kmeans", "options": {"clusters": clusters, **more}}

    worst_excess = max
    for rows in (1000, 10000):
        for clusters in (2, 5):
            points, _ = blobs(rows, 25, clusters)
            theirs = cluster.KMeans(clusters, n_init=10, random_state=0).fit(points).inertia_
            tasks.add(
                f"`test_traditional_kmeans_plus_plus_init`, {rows} x 25, {clusters}: inertia above scikit-learn's, relative",
                ("<=", 1e-2),
                lambda found, theirs=theirs: found["inertia"] / theirs - 1,
                points,
                options(clusters, nInit=10),
                worst_excess,
            )
    for rows in (100, 500):
        for clusters in (5, 10):
            points, _ = blobs(rows, 25, clusters)
            weights = np.random.default_rng(0).integers(1, 10, rows)
            sk = cluster.KMeans(clusters, n_init=10, random_state=0).fit(points, sample_weight=weights)
            tasks.add(
                f"`test_weighted_kmeans`, {rows} x 25, {clusters}: score below scikit-learn's, relative",
                ("<=", 0.1),
                lambda found, theirs=sk.score(points): found["score"] / theirs - 1,
                points,
                {**options(clusters, nInit=10), "weighted": True},
                worst_excess,
                weights=weights.reshape(-1, 1),
            )
    for deviation in (1.0, 0.1, 0.01):
        for clusters in (2, 5):
            points, classes = blobs(10000, 25, clusters, deviation)
            tasks.add(
                f"`test_kmeans_clusters_blobs`, 10000 x 25, {clusters}, deviation {deviation}: ARI",
                (">=", 0.99),
                lambda found, classes=classes: adjusted_rand_score(classes, found["predicted"]),
                points,
                options(clusters, init="k-means||", nInit=2),
            )
    patterns = {
        "blobs": (datasets.make_blobs(5000, random_state=8), 3),
        "noisy_circles": (datasets.make_circles(5000, factor=0.5, noise=0.05, random_state=0), 2),
        "noisy_moons": (datasets.make_moons(5000, noise=0.05, random_state=0), 2),
        "varied": (datasets.make_blobs(5000, cluster_std=[1.0, 2.5, 0.5], random_state=170), 3),
        "aniso": (datasets.make_blobs(5000, random_state=170), 3),
    }
    for name, ((points, classes), clusters) in patterns.items():
        if name == "aniso":
            points = points @ [[0.6, -0.6], [-0.4, 0.8]]
        points = StandardScaler().fit_transform(points)
        theirs = cluster.KMeans(clusters, n_init=10, random_state=0).fit_predict(points)
        tasks.add(
            f"`test_kmeans_sklearn_comparison`, {name}, 5000: distance of ARI from scikit-learn's",
            ("<=", 1e-2),
            lambda found, a=classes, b=theirs: abs(adjusted_rand_score(a, found["labels"]) - adjusted_rand_score(a, b)),
            points,
            options(clusters, nInit=10),
            max,
        )
    for columns in (10, 30):
        points, _ = blobs(5000, columns, 10)

        def off(found, points=points, columns=columns):
            centroids = np.array(found["centroids"]).reshape(-1, columns)
            expected = -np.sum((points - centroids[found["predicted"]]) ** 2)
            return abs(found["score"] / expected - 1)

        what = f"`test_score`, 5000 x {columns}, 10: score off from the sum of squares, relative"
        tasks.add(what, ("<=", 5e-3), off, points, options(10, init="k-means||"), max)


def umap_tests(tasks):
    def umap(neighbors=15, low=0.1, **more):
        return {"method": "umap", "options": {"components": 2, "neighbors": neighbors, "minDist": low, **more}}

    def shaped(found):
        return np.array(found["embedding"]).reshape(-1, 2)

    def trust(points, neighbors):
        return lambda found: trustworthiness(points, shaped(found), n_neighbors=neighbors)

    for rows, columns in ((500, 20), (5000, 100)):
        points, classes = datasets.make_blobs(rows, columns, centers=5, random_state=0)
        tasks.add(
            f"`test_blobs_cluster`, {rows} x {columns}: ARI of k-means on the map",
            (">=", 1.0),
            lambda found, y=classes: adjusted_rand_score(y, cluster.KMeans(5, n_init=10, random_state=0).fit_predict(shaped(found))),
            points,
            umap(),
            seeds=3 if rows > 1000 else None,
        )
    iris = datasets.load_iris().data
    tasks.add("`test_umap_trustworthiness_on_iris`", (">=", 0.97), trust(iris, 10), iris, umap(10, 0.01))
    chosen = np.random.RandomState(42).choice([True, False], 150, replace=True, p=[0.75, 0.25])
    points = np.concatenate([iris[chosen], iris[~chosen]])
    placed = {**umap(10, 0.01, epochs=800, init="random"), "placed": int((~chosen).sum())}
    tasks.add("`test_umap_transform_on_iris`, placed rows", (">=", 0.85), trust(iris[~chosen], 10), points, placed)
    digits = datasets.load_digits().data
    chosen = np.random.RandomState(42).choice([True, False], 1797, replace=True, p=[0.75, 0.25])
    points = np.concatenate([digits[chosen], digits[~chosen]])
    placed = {**umap(15, 0.01, init="random"), "placed": int((~chosen).sum())}
    what = "`test_umap_transform_on_digits`, placed rows (cuML: 0 epochs, ours: the default)"
    tasks.add(what, (">=", 0.96), trust(digits[~chosen], 15), points, placed)


def pca_tests(tasks):
    points, _ = datasets.make_multilabel_classification(500, n_classes=2, n_labels=1, allow_unlabeled=False, random_state=1)
    theirs = decomposition.PCA(2).fit(points)

    def off(found):
        components = np.array(found["components"]).reshape(2, -1)
        signs = np.sign(np.sum(components * theirs.components_, axis=1, keepdims=True))
        return max(
            np.abs(components * signs - theirs.components_).max(),
            np.abs(np.array(found["variances"]) - theirs.explained_variance_).max(),
            np.abs(np.array(found["ratios"]) - theirs.explained_variance_ratio_).max(),
            np.abs(np.array(found["mean"]) - theirs.mean_).max(),
            abs(found["noise"] - theirs.noise_variance_),
        )

    pca = {"method": "pca", "options": {"components": 2}}
    tasks.add("`test_pca_fit`, 500 x 20: everything, absolute", ("<=", 1e-3), off, points, pca, max)
    for name, data in (("iris", datasets.load_iris().data), ("multilabel", points)):
        expected = decomposition.PCA(2).fit_transform(data)

        def moved(found, expected=expected):
            ours = np.array(found["transformed"]).reshape(-1, 2)
            return np.abs(ours * np.sign(np.sum(ours * expected, axis=0)) - expected).max()

        tasks.add(f"`test_pca_fit_then_transform`, {name}: absolute", ("<=", 1e-3), moved, data, pca, max)


def trustworthiness_tests(tasks):
    for rows in (150, 500):
        for columns in (10, 100):
            points, _ = datasets.make_blobs(rows, columns, centers=round(rows * 0.4), random_state=32)
            embedding = decomposition.PCA(2).fit_transform(points)
            expected = trustworthiness(points, embedding)
            tasks.add(
                f"`test_trustworthiness`, {rows} x {columns}: distance from scikit-learn's",
                ("<=", 1e-3),
                lambda found, expected=expected: abs(found["value"] - expected),
                points,
                {"method": "trustworthiness", "options": {"neighbors": 5}},
                max,
                1,
                embedding=embedding,
            )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", default="wasm")
    parser.add_argument("--seeds", type=int, default=10)
    arguments = parser.parse_args()
    tasks = Tasks(arguments.seeds)
    for tests in (kmeans_tests, umap_tests, pca_tests, trustworthiness_tests):
        tests(tasks)
    missed = 0
    print(f"scikit-learn {sklearn.__version__}, {arguments.engine}, the worst of {arguments.seeds} seeds")
    print("| cuML's test | limit | Shoal |\n| --- | --- | --- |")
    for what, (sign, bound), value in tasks.run(arguments.engine):
        holds = value >= bound if sign == ">=" else value <= bound
        missed += not holds
        print(f"| {what} | {sign} {bound:g} | {value:.3g}{'' if holds else ' (missed)'} |")
    print(f"{missed} missed", file=sys.stderr)
    sys.exit(1 if missed else 0)


main()
