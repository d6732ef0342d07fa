"""HDBSCAN of other packages for tools/benchmarks/spanning.mjs, which starts it and sends one task per line.

A task is JSON: package, file (float32 rows), columns, minClusterSize, minSamples, labels (the file to write them to). The answer
is the time of the fit in seconds, and that of the processors. The package has clustered other points before, so that what it compiles at first does not
count.
"""

import json
import os
import sys
import time

os.environ.setdefault("NUMBA_NUM_THREADS", sys.argv[1])
os.environ.setdefault("OMP_NUM_THREADS", sys.argv[1])

import numpy as np  # noqa: E402

THREADS = int(sys.argv[1])


def fit_fast_hdbscan(points, size, samples):
    import fast_hdbscan

    return fast_hdbscan.HDBSCAN(min_cluster_size=size, min_samples=samples).fit(points).labels_


def fit_hdbscan(points, size, samples):
    import hdbscan

    return hdbscan.HDBSCAN(min_cluster_size=size, min_samples=samples, core_dist_n_jobs=THREADS).fit(points).labels_


def fit_sklearn(points, size, samples):
    from sklearn.cluster import HDBSCAN

    # scikit-learn counts the point itself.
    return HDBSCAN(min_cluster_size=size, min_samples=samples + 1, n_jobs=THREADS, copy=True).fit(points).labels_


FITS = {"fast_hdbscan": fit_fast_hdbscan, "hdbscan": fit_hdbscan, "scikit-learn": fit_sklearn}
warm = set()

for line in sys.stdin:
    task = json.loads(line)
    columns = task["columns"]
    fit = FITS[task["package"]]
    points = np.fromfile(task["file"], dtype=np.float32).reshape(-1, columns)
    if (task["package"], columns) not in warm:
        warm.add((task["package"], columns))
        fit(np.random.default_rng(0).normal(size=(1000, columns)).astype(np.float32), 10, 5)
    started, busy = time.perf_counter(), time.process_time()
    labels = fit(points, task["minClusterSize"], task["minSamples"])
    seconds, processor = time.perf_counter() - started, time.process_time() - busy
    labels.astype(np.int32).tofile(task["labels"])
    print(json.dumps({"seconds": seconds, "processor": processor}), flush=True)
