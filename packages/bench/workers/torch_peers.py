"""Runs PyTorch, and flash-kmeans on it, for @shoal/bench, as protocol.py describes: on a GPU if PyTorch has one.

Apart from peers.py: once it is loaded, PyTorch would leave scikit-learn one thread of OpenMP.

    torch_peers.py [FOLDER]    FOLDER holds a checkout of flash-kmeans
"""

import importlib.metadata
import importlib.util
import platform
import sys
import time

from protocol import array, module, np, serve
from torch_mixture import likelihood_of, run_em

if len(sys.argv) > 1:
    sys.path.insert(0, sys.argv[1])

torch = None
device = "cpu"
# Tensors on the device, and how sums are added up, by what they were made from.
resident = {}


def version_of(name):
    """The version of a module, found without loading it: loading PyTorch takes seconds, and memory of the GPU."""
    if importlib.util.find_spec(name) is None:
        return None
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "of unknown version"


def hello(request):
    versions = {"numpy": getattr(np, "__version__", None), "torch": version_of("torch")}
    return {"python": platform.python_version(), "versions": versions}


def load(request):
    global torch, device
    torch = importlib.import_module("torch")
    if torch.cuda.is_available():
        device = "cuda"
    # Fails when an earlier operation left the device unusable.
    torch.zeros(1, device=device).item()
    return {
        "version": str(torch.__version__),
        "gpu": torch.cuda.get_device_name(0) if device == "cuda" else None,
        "cuda": torch.version.cuda,
        "triton": version_of("triton"),
        "flash": flash_version(),
    }


def flash_version():
    """Which kernels flash-kmeans runs here: it falls back to plain PyTorch without a message."""
    if importlib.util.find_spec("flash_kmeans") is None:
        return None
    try:
        flash = importlib.import_module("flash_kmeans")
    except Exception as error:
        return {"version": None, "kernels": f"it cannot be loaded: {type(error).__name__}: {error}"}
    kernels = "Triton kernels"
    if flash.batch_kmeans_Euclid.__module__.endswith("torch_fallback"):
        try:
            importlib.import_module("flash_kmeans.kmeans_triton_impl")
            reason = "of unknown reason"
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
        kernels = f"its fallback to plain PyTorch, no Triton kernels ({reason})"
    return {"version": str(getattr(flash, "__version__", "of unknown version")), "kernels": kernels}


def clock():
    """The time when the device has finished its work."""
    if device == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter()


def settle(seconds, work):
    """Runs untimed work at least once, so that clocks are up and everything that compiles at its first use is compiled."""
    start = clock()
    work()
    while clock() - start < seconds:
        work()


def choose_precision(precision):
    """@return the type of the points; TF32 only affects matrix products"""
    torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"
    return {"float16": torch.float16, "float64": torch.float64}.get(precision, torch.float32)


def upload(path, dtype):
    # Converted on the device: converting on the host takes longer than the transfer that it saves.
    return torch.from_numpy(array(path)).to(device).to(dtype)


def on_device(path, dtype):
    key = (path, dtype)
    if key not in resident:
        resident[key] = upload(path, dtype)
    return resident[key]


def chunk_of(width):
    """Rows of a chunk: N x width is never whole."""
    return max(1, 2**26 // width)


def squares_of(points, clusters):
    return torch.cat([(part.float() ** 2).sum(1) for part in points.split(chunk_of(max(clusters, points.shape[1])))])


def distances(part, centroids, norms):
    """Squared distances less the points' squared norms."""
    return norms - 2 * (part @ centroids.to(part.dtype).T).float()


def lloyd_iterations(points, squares, centroids, iterations, update):
    clusters = len(centroids)
    for _ in range(iterations):
        sums = torch.zeros_like(centroids)
        counts = torch.zeros(clusters, device=device)
        inertia = torch.zeros((), device=device, dtype=torch.float64)
        norms = (centroids**2).sum(1)
        chunk = chunk_of(max(clusters, points.shape[1]))
        for part, square in zip(points.split(chunk), squares.split(chunk)):
            nearest, labels = distances(part, centroids, norms).min(1)
            inertia += (nearest + square).double().sum()
            if update == "index_add":
                sums.index_add_(0, labels, part.float())
                counts += torch.bincount(labels, minlength=clusters)
            else:
                members = torch.zeros(len(part), clusters, device=device).scatter_(1, labels[:, None], 1.0)
                sums += members.T @ part.float()
                counts += members.sum(0)
        centroids = torch.where(counts[:, None] > 0, sums / counts[:, None].clamp(min=1), centroids)
    return centroids


def update_for(key, points, squares, centroids):
    """The faster way to add up clusters here: atomic additions, or a product with the memberships."""
    if key not in resident:
        took = {}
        for update in ("index_add", "memberships"):
            settle(0, lambda: lloyd_iterations(points, squares, centroids, 1, update))
            start = clock()
            lloyd_iterations(points, squares, centroids, 1, update)
            took[update] = clock() - start
        resident[key] = min(took, key=took.get)
    return resident[key]


def lloyd(request):
    """Lloyd's iterations in plain PyTorch, in chunks. `precision` is float32, tf32 or float16.

    `ends` says where the work starts and ends: "device", iterations alone on points that are there, or "host", from
    points on the host to labels on the host.
    """
    dtype = choose_precision(request["precision"])
    start = torch.from_numpy(np.load(request["centroids"])).to(device, torch.float32)
    iterations = request["iterations"]
    points = on_device(request["points"], dtype)
    squares = squares_of(points, len(start))
    update = update_for((request["points"], len(start), request["precision"]), points, squares, start)
    settle(request["settleSeconds"], lambda: lloyd_iterations(points, squares, start, 1, update))
    if request["ends"] == "device":
        began = clock()
        centroids = lloyd_iterations(points, squares, start, iterations, update)
        seconds = (clock() - began) / iterations
    else:
        points = squares = None  # They are uploaded again, as part of the work.
        resident.pop((request["points"], dtype))
        began = clock()
        points = upload(request["points"], dtype)
        centroids = lloyd_iterations(points, squares_of(points, len(start)), start, iterations, update)
        norms = (centroids**2).sum(1)
        chunk = chunk_of(max(len(start), points.shape[1]))
        torch.cat([distances(part, centroids, norms).argmin(1) for part in points.split(chunk)]).cpu()
        seconds = clock() - began
    np.save(request["out"], centroids.cpu().numpy())
    return {"seconds": seconds, "iterations": iterations}


def flash_kmeans(request):
    """flash-kmeans by its public function; with `ends` "device" the squared norms of the points are part of it too."""
    flash = importlib.import_module("flash_kmeans")
    dtype = choose_precision(request["precision"])
    start = torch.from_numpy(np.load(request["centroids"])).to(device, dtype)[None]
    iterations, host = request["iterations"], request["ends"] == "host"

    def fit(points, count):
        # A shift is never below a negative tolerance: all iterations run.
        return flash.batch_kmeans_Euclid(
            points[None], start.shape[1], max_iters=count, tol=-1.0, init_centroids=start.clone()
        )

    points = on_device(request["points"], dtype)
    settle(request["settleSeconds"], lambda: fit(points, 1))
    if host:
        points = None
        resident.pop((request["points"], dtype))
    began = clock()
    labels, centroids, ran = fit(upload(request["points"], dtype) if host else points, iterations)
    if host:
        labels.cpu()
    seconds = clock() - began
    np.save(request["out"], centroids[0].float().cpu().numpy())
    return {"seconds": seconds if host else seconds / ran, "iterations": int(ran)}


def inertia(request):
    """Judges centroids: labels by float32 products, distances to those centroids in float64."""
    choose_precision("float32")
    points = on_device(request["points"], torch.float32)
    exact = torch.from_numpy(array(request["centroids"])).to(device, torch.float64)
    centroids = exact.float()
    norms = (centroids**2).sum(1)
    total = 0.0
    for part in points.split(chunk_of(2 * max(len(exact), points.shape[1]))):
        labels = distances(part, centroids, norms).argmin(1)
        total += float(((part.double() - exact[labels]) ** 2).sum())
    return {"score": total}


def mixture_of(request, dtype):
    shapes = {"weights": [-1], "means": [len(array(request["weights"])), -1], "covariances": request["covarianceShape"]}
    return {
        name: torch.from_numpy(array(request[name])).to(device, dtype).reshape(shape) for name, shape in shapes.items()
    }


def em(request):
    """EM iterations of a mixture in plain PyTorch, float32, in chunks; `ends` as for lloyd."""
    dtype = choose_precision("float32")
    start = mixture_of(request, dtype)
    kind, reg_covar, iterations = request["covarianceType"], request["regCovar"], request["iterations"]
    points = on_device(request["points"], dtype)
    settle(request["settleSeconds"], lambda: run_em(torch, points, kind, start, reg_covar, 1))
    host = request["ends"] == "host"
    if host:
        points = None
        resident.pop((request["points"], dtype))
    began = clock()
    if host:
        points = upload(request["points"], dtype)
    fitted = run_em(torch, points, kind, start, reg_covar, iterations)
    if host:
        likelihood_of(torch, points, kind, fitted)[1].cpu()
    seconds = clock() - began
    for name in ("weights", "means", "covariances"):
        np.save(request[name + "Out"], fitted[name].double().cpu().numpy().reshape(-1))
    return {"seconds": seconds if host else seconds / iterations, "iterations": iterations}


def log_likelihood(request):
    """Judges a mixture: the mean log-likelihood in float64."""
    points = on_device(request["points"], torch.float32)
    mixture = mixture_of(request, choose_precision("float64"))
    mean, _ = likelihood_of(torch, points, request["covarianceType"], mixture)
    return {"score": float(mean)}


def forget():
    resident.clear()
    if device == "cuda":
        torch.cuda.empty_cache()


serve(hello, load, lloyd, flash_kmeans, inertia, em, log_likelihood, forget=forget)
