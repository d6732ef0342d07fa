"""Results of scikit-learn from the same starts, for `node tools/conformance/run.mjs` to compare with.

    python3 tools/conformance/expected.py IMAGES.idx3-ubyte.gz OUT_FOLDER

k-means: 10 random images as centroids, 30 Lloyd iterations, tol 0, on pixels / 255.
Mixtures: 20 EM iterations on the first 32 principal components from one hard partition, four covariance types.
"""

import gzip
import sys
import warnings

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture

images_path, out = sys.argv[1:3]
warnings.simplefilter("ignore", ConvergenceWarning)
with gzip.open(images_path) as file:
    pixels = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784)
points = pixels.astype(np.float64) / 255

start = points[np.random.default_rng(0).choice(len(points), 10, replace=False)]
np.save(f"{out}/kmeans-start.npy", start.astype(np.float32))
fits = [
    KMeans(10, init=start.astype(np.float32).astype(np.float64), n_init=1, max_iter=n, tol=0, algorithm="lloyd").fit(points)
    for n in (1, 30)
]
np.save(f"{out}/kmeans-inertia.npy", np.array([fits[1].inertia_]))
np.save(f"{out}/kmeans-labels.npy", fits[1].labels_.astype(np.int32))

code = PCA(32, svd_solver="randomized", random_state=0).fit_transform(points).astype(np.float32)
np.save(f"{out}/code.npy", code)
labels = KMeans(10, n_init=1, max_iter=5, random_state=1).fit_predict(code).astype(np.int32)
np.save(f"{out}/mixture-labels.npy", labels)
wide = code.astype(np.float64)
one_hot = np.eye(10)[labels]
for kind in ("full", "tied", "diag", "spherical"):
    mixture = GaussianMixture(10, covariance_type=kind, reg_covar=1e-6, tol=0, max_iter=20)
    mixture._initialize(wide, one_hot)
    mixture.converged_ = False
    bounds = []
    for _ in range(20):
        bound, log_resp = mixture._e_step(wide)
        mixture._m_step(wide, log_resp)
        bounds.append(bound)
    bounds.append(mixture.score(wide))
    np.save(f"{out}/mixture-{kind}.npy", np.array(bounds))
