"""The peers of `kmeans-family.mjs`: one fit by scikit-learn or k-means-constrained, as JSON on the standard output.

    python3 kmeans-family.py minibatch|sized POINTS.f32 COLUMNS CLUSTERS SEED ITERATIONS
"""

import json
import sys
import time
import warnings

import numpy as np

what, path, columns, clusters, seed, iterations = sys.argv[1:7]
points = np.fromfile(path, np.float32).reshape(-1, int(columns))
clusters = int(clusters)
warnings.simplefilter("ignore")
if what == "minibatch":
    from sklearn.cluster import MiniBatchKMeans

    model = MiniBatchKMeans(clusters, random_state=int(seed))
else:
    from k_means_constrained import KMeansConstrained

    size = len(points) // clusters
    points = points.astype(np.float64)
    model = KMeansConstrained(
        clusters, size_min=size, size_max=size, init=points[:clusters].copy(), n_init=1, max_iter=int(iterations), tol=0
    )
wall, processor = time.perf_counter(), time.process_time()
model.fit(points)
wall, processor = time.perf_counter() - wall, time.process_time() - processor
if what == "minibatch":
    inertia = model.inertia_
else:
    inertia = ((points - model.cluster_centers_[model.labels_]) ** 2).sum()
print(json.dumps({"seconds": wall, "processorSeconds": processor, "inertia": float(inertia)}))
