"""k-means of points in a file by Dask-ML and by mini-batches of scikit-learn, for out-of-core.mjs.

out-of-core.py dask|sklearn FILE.npy CLUSTERS ITERATIONS CHUNK_ROWS
"""

import json
import resource
import sys
import time

import numpy as np

kind, path = sys.argv[1:3]
clusters, iterations, chunk_rows = (int(value) for value in sys.argv[3:6])
points = np.load(path, mmap_mode="r")
start = np.array(points[:clusters])
chunks = range(0, len(points), chunk_rows)


def fit_dask():
    import dask
    import dask.array as da
    from dask_ml.cluster import KMeans

    with dask.config.set(scheduler="threads", num_workers=2):
        array = da.from_array(points, chunks=(chunk_rows, points.shape[1]))
        model = KMeans(clusters, init=start, max_iter=iterations, tol=0).fit(array)
        return model.cluster_centers_


def fit_sklearn():
    from sklearn.cluster import MiniBatchKMeans

    model = MiniBatchKMeans(clusters, init=start, n_init=1)
    for _ in range(iterations):
        for first in chunks:
            model.partial_fit(points[first : first + chunk_rows])
    return model.cluster_centers_


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


began, before = time.perf_counter(), processor_seconds()
centers = {"dask": fit_dask, "sklearn": fit_sklearn}[kind]()
seconds, processor = time.perf_counter() - began, processor_seconds() - before
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
inertia = 0.0
for first in chunks:
    rows = points[first : first + chunk_rows].astype(np.float64)
    squares = (rows**2).sum(1)[:, None] - 2 * rows @ centers.T + (centers**2).sum(1)
    inertia += np.maximum(0, squares.min(1)).sum()
print(json.dumps({"seconds": seconds, "processorSeconds": processor, "inertia": inertia, "peakMegabytes": peak}))
