"""Runs scikit-learn, FAISS and PyTorch for @shoal/bench: one JSON request a line on stdin, one JSON answer a line on stdout.

Arrays travel as .npy files, so that everybody computes on the same bytes. Only the work itself is timed: not the
imports, not the reading of files, not the writing of results.
"""

import importlib
import importlib.metadata
import importlib.util
import json
import platform
import signal
import sys
import time
import warnings

# Ctrl-C reaches the whole process group; the bench ends this process itself.
signal.signal(signal.SIGINT, signal.SIG_IGN)
warnings.simplefilter("ignore")
# Whatever a library prints must not end up among the answers.
answers, sys.stdout = sys.stdout, sys.stderr

arrays = {}


def module(name):
    try:
        return importlib.import_module(name)
    except Exception:  # A module that is there but broken is as good as absent.
        return None


np, sklearn, faiss, threadpoolctl = (module(name) for name in ("numpy", "sklearn", "faiss", "threadpoolctl"))


def torch_version():
    """PyTorch is looked for but not loaded: it would leave the others one thread of OpenMP."""
    if importlib.util.find_spec("torch") is None:
        return None
    try:
        return importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        return "of unknown version"


def array(path):
    if path not in arrays:
        arrays[path] = np.load(path)
    return arrays[path]


def forget(request):
    arrays.clear()
    return {}


def hello(request):
    versions = {name: getattr(found, "__version__", None) for name, found in (("numpy", np), ("scikit-learn", sklearn), ("faiss", faiss))}
    versions["torch"] = torch_version()
    if sklearn is not None:
        # Loads the BLAS and OpenMP runtimes that are asked about next.
        importlib.import_module("sklearn.cluster")
    pools = threadpoolctl.threadpool_info() if threadpoolctl is not None else []
    return {
        "python": platform.python_version(),
        "versions": versions,
        "pools": [
            {
                "api": pool.get("internal_api"),
                "version": pool.get("version"),
                "architecture": pool.get("architecture"),
                "threads": pool.get("num_threads"),
            }
            for pool in pools
        ],
    }


def timed(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def kmeans(request):
    from sklearn.cluster import KMeans

    points, start = array(request["points"]), array(request["centroids"])
    estimator = KMeans(
        len(start),
        init=start,
        n_init=1,
        max_iter=request["iterations"],
        tol=0,
        algorithm=request["algorithm"],
    )
    seconds, fitted = timed(lambda: estimator.fit(points))
    np.save(request["out"], fitted.cluster_centers_)
    return {"seconds": seconds, "iterations": int(fitted.n_iter_)}


def kmeans_seeded(request):
    from sklearn.cluster import KMeans

    points = array(request["points"])
    estimator = KMeans(
        request["clusters"], n_init=1, max_iter=request["iterations"], tol=0, random_state=request["seed"], algorithm="lloyd"
    )
    seconds, fitted = timed(lambda: estimator.fit(points))
    np.save(request["out"], fitted.cluster_centers_)
    return {"seconds": seconds, "iterations": int(fitted.n_iter_)}


def faiss_kmeans(request):
    points, start = array(request["points"]), array(request["centroids"])
    estimator = faiss.Kmeans(
        points.shape[1],
        len(start),
        niter=request["iterations"],
        min_points_per_centroid=1,
        max_points_per_centroid=len(points),
    )
    seconds, _ = timed(lambda: estimator.train(points, init_centroids=start))
    # Not estimator.obj: that is the objective one assignment earlier, summed in float32.
    np.save(request["out"], estimator.centroids)
    return {"seconds": seconds, "iterations": request["iterations"]}


def seeding(request):
    from sklearn.cluster import kmeans_plusplus

    points = array(request["points"])
    seconds, (centers, _) = timed(lambda: kmeans_plusplus(points, request["clusters"], random_state=request["seed"]))
    np.save(request["out"], centers)
    return {"seconds": seconds}


def torch_device(request):
    torch = importlib.import_module("torch")
    return {"gpu": torch.cuda.get_device_name(0) if torch.cuda.is_available() else None}


def torch_lloyd(request):
    """Lloyd's iterations in plain PyTorch, points on its device, in chunks so that N x K is never whole.

    `precision` is float32, tf32 (matrix products alone) or float16 (points and centroids). The last iteration's
    inertia is the score.
    """
    torch = importlib.import_module("torch")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    precision = request["precision"]
    torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"
    dtype = torch.float16 if precision == "float16" else torch.float32
    key = (request["points"], dtype)
    if key not in arrays:
        arrays[key] = torch.from_numpy(array(request["points"])).to(device, dtype)
    points = arrays[key]
    centroids = torch.from_numpy(np.load(request["centroids"])).to(device, torch.float32)
    clusters = len(centroids)
    chunk = max(1, 2**26 // clusters)
    squares = torch.cat([(part.float() ** 2).sum(1) for part in points.split(chunk)])

    def synchronize():
        if device == "cuda":
            torch.cuda.synchronize()

    synchronize()
    start = time.perf_counter()
    for _ in range(request["iterations"]):
        sums = torch.zeros_like(centroids)
        counts = torch.zeros(clusters, device=device)
        inertia = torch.zeros((), device=device, dtype=torch.float64)
        norms = (centroids**2).sum(1)
        narrow = centroids.to(dtype)
        for part, square in zip(points.split(chunk), squares.split(chunk)):
            nearest, labels = (norms - 2 * (part @ narrow.T).float()).min(1)
            inertia += (nearest + square).double().sum()
            sums.index_add_(0, labels, part.float())
            counts += torch.bincount(labels, minlength=clusters)
        centroids = torch.where(counts[:, None] > 0, sums / counts[:, None].clamp(min=1), centroids)
    synchronize()
    seconds = time.perf_counter() - start
    return {"seconds": seconds / request["iterations"], "score": float(inertia)}


def gmm(request):
    from sklearn.mixture import GaussianMixture
    from sklearn.mixture._gaussian_mixture import _compute_precision_cholesky

    dtype = np.dtype(request["dtype"])
    points = array(request["points"]).astype(dtype)
    weights, means, covariances = (array(request[name]).astype(dtype) for name in ("weights", "means", "covariances"))
    covariances = covariances.reshape(request["covarianceShape"])
    kind = request["covarianceType"]

    class GivenStart(GaussianMixture):
        """Starts from the given parameters. The public way (means_init and so on) has version 1.2 compute
        an M-step, or a whole k-means, whose result they then discard; this spares scikit-learn that."""

        def _initialize_parameters(self, *args, **kwargs):
            self.weights_, self.means_, self.covariances_ = weights, means, covariances
            self.precisions_cholesky_ = _compute_precision_cholesky(covariances, kind)

    estimator = GivenStart(
        len(means), covariance_type=kind, reg_covar=request["regCovar"], tol=0, max_iter=request["iterations"]
    )
    seconds, fitted = timed(lambda: estimator.fit(points))
    for name, values in (("weights", fitted.weights_), ("means", fitted.means_), ("covariances", fitted.covariances_)):
        np.save(request[name + "Out"], np.asarray(values, dtype=np.float64).reshape(-1))
    return {"seconds": seconds, "iterations": int(fitted.n_iter_)}


def pca(request):
    from sklearn.decomposition import PCA

    points = array(request["points"])
    estimator = PCA(request["components"], svd_solver=request["solver"], random_state=request["seed"])
    seconds, fitted = timed(lambda: estimator.fit(points))
    np.save(request["out"], fitted.components_)
    return {"seconds": seconds}


def silhouette(request):
    from sklearn.metrics import silhouette_score

    points, labels = array(request["points"]), array(request["labels"])
    seconds, score = timed(lambda: silhouette_score(points, labels))
    return {"seconds": seconds, "score": float(score)}


def external_metrics(request):
    from sklearn import metrics

    classes, labels = array(request["classes"]), array(request["labels"])

    def work():
        return [
            metrics.adjusted_rand_score(classes, labels),
            metrics.adjusted_mutual_info_score(classes, labels),
            metrics.normalized_mutual_info_score(classes, labels),
            metrics.v_measure_score(classes, labels),
            metrics.fowlkes_mallows_score(classes, labels),
        ]

    seconds, scores = timed(work)
    return {"seconds": seconds, "score": float(np.mean(scores))}


OPERATIONS = {
    operation.__name__: operation
    for operation in (
        *(hello, forget, kmeans, kmeans_seeded, faiss_kmeans, torch_device, torch_lloyd),
        *(seeding, gmm, pca, silhouette, external_metrics),
    )
}

for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = OPERATIONS[request["operation"]](request)
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    answers.write(json.dumps({"id": request["id"], **answer}) + "\n")
    answers.flush()
