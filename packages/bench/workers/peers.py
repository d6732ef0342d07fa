"""Runs scikit-learn and FAISS for @shoal/bench, as protocol.py describes."""

import importlib
import platform

from protocol import array, module, np, serve, timed

sklearn, faiss, threadpoolctl = (module(name) for name in ("sklearn", "faiss", "threadpoolctl"))


def hello(request):
    versions = {name: getattr(found, "__version__", None) for name, found in (("numpy", np), ("scikit-learn", sklearn), ("faiss", faiss))}
    if sklearn is not None:
        # Loads the BLAS and OpenMP runtimes that the next line asks about.
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


def gmm(request):
    from sklearn.mixture import GaussianMixture
    from sklearn.mixture._gaussian_mixture import _compute_precision_cholesky

    dtype = np.dtype(request["dtype"])
    points = array(request["points"]).astype(dtype)
    weights, means, covariances = (array(request[name]).astype(dtype) for name in ("weights", "means", "covariances"))
    covariances = covariances.reshape(request["covarianceShape"])
    kind = request["covarianceType"]

    class GivenStart(GaussianMixture):
        """Starts from the given parameters. The public way (means_init and so on) makes version 1.2
        compute an M-step, or a whole k-means, and then discards the result; this avoids that work."""

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


serve(
    *(hello, kmeans, kmeans_seeded, faiss_kmeans),
    *(seeding, gmm, pca, silhouette, external_metrics),
    forget=lambda: None,
)
