"""Ward's linkage of scikit-learn for tools/benchmarks/ward.mjs: prints the seconds of a fit, and writes its labels as int32.

Arguments: file of float32 rows, file for the labels, columns, clusters.
"""

import sys
import time

import numpy as np
from sklearn.cluster import AgglomerativeClustering

source, target, columns, clusters = sys.argv[1:]
points = np.fromfile(source, dtype=np.float32).reshape(-1, int(columns))
AgglomerativeClustering(2).fit(points[:100])
started = time.perf_counter()
labels = AgglomerativeClustering(int(clusters)).fit_predict(points)
print(time.perf_counter() - started)
labels.astype(np.int32).tofile(target)
