"""Fits of other packages for tools/benchmarks/density.mjs, which starts one process for each and sends one task per line.

Arguments: package, threads. A task is JSON: file (float32 rows), columns, clusters (of Ward's linkage) or minClusterSize and
minSamples (of HDBSCAN), labels (the file to write them to). The answer is the time of the fit in seconds, and that of the
processors. The package has clustered other points before, so that what it compiles at first does not count.
"""

import json
import os
import sys
import time

package, threads = sys.argv[1], int(sys.argv[2])
os.environ.setdefault("NUMBA_NUM_THREADS", str(threads))
os.environ.setdefault("OMP_NUM_THREADS", str(threads))

import numpy as np  # noqa: E402


def fit_fast_hdbscan(points, task):
    import fast_hdbscan

    model = fast_hdbscan.HDBSCAN(min_cluster_size=task["minClusterSize"], min_samples=task["minSamples"])
    return model.fit(points).labels_


def fit_hdbscan(points, task):
    import hdbscan

    model = hdbscan.HDBSCAN(
        min_cluster_size=task["minClusterSize"], min_samples=task["minSamples"], core_dist_n_jobs=threads
    )
    return model.fit(points).labels_


def fit_sklearn(points, task):
    from sklearn.cluster import HDBSCAN, AgglomerativeClustering

    if "clusters" in task:
        return AgglomerativeClustering(task["clusters"]).fit_predict(points)
    # scikit-learn counts the point itself.
    samples = task["minSamples"] + 1
    return HDBSCAN(min_cluster_size=task["minClusterSize"], min_samples=samples, n_jobs=threads, copy=True).fit(points).labels_


def fit_fastcluster(points, task):
    import fastcluster
    from scipy.cluster.hierarchy import fcluster

    return fcluster(fastcluster.linkage_vector(points, "ward"), task["clusters"], "maxclust") - 1


fit = {
    "fast_hdbscan": fit_fast_hdbscan,
    "hdbscan": fit_hdbscan,
    "scikit-learn": fit_sklearn,
    "fastcluster": fit_fastcluster,
}[package]
warm = set()

for line in sys.stdin:
    task = json.loads(line)
    columns = task["columns"]
    points = np.fromfile(task["file"], dtype=np.float32).reshape(-1, columns)
    if columns not in warm:
        warm.add(columns)
        few = {"clusters": 2} if "clusters" in task else {"minClusterSize": 10, "minSamples": 5}
        fit(np.random.default_rng(0).normal(size=(1000, columns)).astype(np.float32), few)
    print(json.dumps("started"), flush=True)
    started, busy = time.perf_counter(), time.process_time()
    labels = fit(points, task)
    seconds, processor = time.perf_counter() - started, time.process_time() - busy
    labels.astype(np.int32).tofile(task["labels"])
    print(json.dumps({"seconds": seconds, "processor": processor}), flush=True)
