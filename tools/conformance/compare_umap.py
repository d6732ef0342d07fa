"""Compares Shoal's UMAP with umap-learn, side by side: the same points, the same scores, as many seeds.

    pip install umap-learn scikit-learn
    python3 tools/conformance/compare_umap.py [--seeds 10] [--first 0] [--only digits,moons] [--images 10000] [--json result.json]

An existing result is extended by the seeds of this run, so that many seeds can be run a few at a time.

Shoal's embeddings come from tools/conformance/umap-embeddings.mjs, which needs Node.js and a build. Scores: trustworthiness
of 15, 50 and 120 neighbors, the share of the 15 nearest points that stay so (recall), and the adjusted Rand index of
k-means and of a Gaussian mixture (as many clusters as classes) on the embedding, on maps of 2 dimensions (15 neighbors,
minimum distance 0.1) and 10 (20 neighbors, 0). `placed` fits three quarters of the rows and scores the others alone, where
they were placed. Of more than 4,000 rows a seeded sample is scored. Ends with status 1 when a mean of ours is below
umap-learn's by more than the tolerance: twice the sum of both standard deviations, and 0.01.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import sklearn
import umap
from sklearn import datasets
from sklearn.cluster import KMeans
from sklearn.manifold import trustworthiness
from sklearn.metrics import adjusted_rand_score
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")
HERE = Path(__file__).parent
SCORED = 4000


def standard(loaded):
    points, classes = loaded
    return StandardScaler().fit_transform(points), classes


def swiss_roll():
    """Its classes are six stretches along the roll."""
    points, along = datasets.make_swiss_roll(1500, random_state=0)
    return points, np.digitize(along, np.quantile(along, np.arange(1, 6) / 6))


def anisotropic():
    points, classes = datasets.make_blobs(1500, random_state=170)
    return points @ [[0.6, -0.6], [-0.4, 0.8]], classes


TABLES = {
    "digits": lambda: datasets.load_digits(return_X_y=True),
    "iris": lambda: datasets.load_iris(return_X_y=True),
    "wine": lambda: standard(datasets.load_wine(return_X_y=True)),
    "breast cancer": lambda: standard(datasets.load_breast_cancer(return_X_y=True)),
    "swiss roll": swiss_roll,
    "moons": lambda: datasets.make_moons(1000, noise=0.05, random_state=0),
    "varied blobs": lambda: datasets.make_blobs(1500, cluster_std=[1.0, 2.5, 0.5], random_state=170),
    "anisotropic": anisotropic,
}
SHAPES = {2: (15, 0.1), 10: (20, 0.0)}
SCORES = ("trust(15)", "trust(50)", "trust(120)", "recall(15)", "k-means", "mixture")


def score(points, classes, embedding, only=None):
    """`only`: the rows that are scored alone."""
    rows = np.arange(len(points)) if only is None else only
    if len(rows) > SCORED:
        rows = np.random.default_rng(0).choice(rows, SCORED, replace=False)
    some, where = points[rows], embedding[rows].astype(np.float64)
    trust = [trustworthiness(some, where, n_neighbors=k) if 2 * k < len(rows) else None for k in (15, 50, 120)]
    near = [NearestNeighbors(n_neighbors=16).fit(each).kneighbors(each)[1][:, 1:] for each in (some, where)]
    recall = np.mean([len(np.intersect1d(a, b)) / 15 for a, b in zip(*near)])
    clusters = len(np.unique(classes))
    found = (
        KMeans(clusters, n_init=10, random_state=0).fit_predict(where),
        GaussianMixture(clusters, n_init=3, random_state=0).fit_predict(where),
    )
    return [*trust, recall, *(adjusted_rand_score(classes[rows], labels) for labels in found)]


def tasks(arguments):
    """Name, points or a function that makes them, classes, and how they are embedded."""
    for name, load in TABLES.items():
        if arguments.only and name not in arguments.only:
            continue
        points, classes = load()
        order = np.random.default_rng(0).permutation(len(points))
        points, classes = points[order].astype(np.float32), classes[order]
        for components, (neighbors, low) in SHAPES.items():
            yield f"{name}, {components}-D", points, classes, dict(components=components, neighbors=neighbors, minDist=low)
        placed = dict(components=2, neighbors=15, minDist=0.1, placed=len(points) // 4)
        yield f"{name}, placed", points, classes, placed
    if arguments.images:
        for kind in ("pixels", "gradients"):
            fashion = dict(images=arguments.images, gradients=kind == "gradients")
            for components, (neighbors, low) in SHAPES.items():
                how = dict(components=components, neighbors=neighbors, minDist=low, fashion=fashion)
                yield f"{arguments.images} {kind}, {components}-D", None, None, how


def embed(points, how, seed):
    """With umap-learn."""
    mapper = umap.UMAP(
        n_components=how["components"], n_neighbors=how["neighbors"], min_dist=how["minDist"], random_state=seed, n_jobs=1
    )
    placed = how.get("placed", 0)
    if placed == 0:
        return mapper.fit_transform(points)
    return np.concatenate([mapper.fit_transform(points[:-placed]), mapper.transform(points[-placed:])])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", type=lambda text: text.split(","))
    parser.add_argument("--images", type=int, default=0)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    todo = list(tasks(arguments))
    seeds = range(arguments.first, arguments.first + arguments.seeds)
    results = json.loads(arguments.json.read_text())["results"] if arguments.json and arguments.json.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for number, (_, points, _, how) in enumerate(todo):
            (folder / f"{number:03}.task.json").write_text(json.dumps(how))
            if points is not None:
                np.save(folder / f"{number:03}.points.npy", points)
        script = HERE / "umap-embeddings.mjs"
        subprocess.run(["node", script, folder, str(len(seeds)), str(seeds.start)], check=True, stdout=sys.stderr)
        missed = 0
        print(f"umap-learn {version('umap-learn')}, scikit-learn {sklearn.__version__}, seeds {seeds.start} to {seeds.stop - 1}; umap-learn / Shoal")
        print("| data | " + " | ".join(SCORES) + " |\n| --- |" + " --- |" * len(SCORES))
        for number, (name, points, classes, how) in enumerate(todo):
            if points is None:
                points = np.load(folder / f"{number:03}.points.npy")
                classes = np.load(folder / f"{number:03}.classes.npy")
            only = np.arange(len(points))[-how["placed"] :] if "placed" in how else None
            theirs, ours = [], []
            began = time.time()
            for seed in seeds:
                theirs.append(score(points, classes, embed(points, how, seed), only))
                ours.append(score(points, classes, np.load(folder / f"{number:03}.{seed}.npy"), only))
            cells = []
            row = results.setdefault(name, {})
            for which, (a, b) in enumerate(zip(zip(*theirs), zip(*ours))):
                if a[0] is None:
                    cells.append("")
                    continue
                known = row.get(SCORES[which], {"umap-learn": [], "shoal": []})
                a, b = [*known["umap-learn"], *a], [*known["shoal"], *b]
                row[SCORES[which]] = {"umap-learn": a, "shoal": b}
                lost = np.mean(a) - np.mean(b) > max(0.01, 2 * (np.std(a) + np.std(b)))
                missed += lost
                cells.append(f"{np.mean(a):.3f} ± {np.std(a):.3f} / {np.mean(b):.3f} ± {np.std(b):.3f}{' MISSED' if lost else ''}")
            print(f"| {name} | " + " | ".join(cells) + " |", flush=True)
            print(f"{name}: {time.time() - began:.0f} s", file=sys.stderr, flush=True)
    if arguments.json:
        arguments.json.write_text(json.dumps({"umap-learn": version("umap-learn"), "seeds": seeds.stop, "results": results}) + "\n")
    print(f"{missed} of all means are below umap-learn's by more than the tolerance.")
    sys.exit(missed > 0)


if __name__ == "__main__":
    main()
