"""EM of Gaussian mixtures in plain PyTorch, as batched matrix products over chunks of rows.

A mixture is a dict of weights (K), means (K x D) and covariances (K x D x D for "full", K x D for "diag"), whose type
is that of the arithmetic.
"""

import math


def chunk_of(kind, means):
    clusters, columns = means.shape
    return max(1, 2**26 // (clusters * columns if kind == "full" else max(clusters, columns)))


def log_densities(torch, kind, mixture):
    """@return a function from points (n x D) to log(weight_k p_k(x)), n x K"""
    weights, means, covariances = mixture["weights"], mixture["means"], mixture["covariances"]
    clusters, columns = means.shape
    constant = weights.log() - 0.5 * columns * math.log(2 * math.pi)
    if kind == "full":
        lower = torch.linalg.cholesky(covariances)
        identity = torch.eye(columns, device=means.device, dtype=means.dtype).expand(clusters, -1, -1)
        factors = torch.linalg.solve_triangular(lower, identity, upper=False)
        constant = constant + factors.diagonal(dim1=1, dim2=2).log().sum(1)
        # One product for all components: column k D + i holds row i of component k's factor.
        side_by_side = factors.permute(2, 0, 1).reshape(columns, clusters * columns)
        offsets = torch.einsum("kij,kj->ki", factors, means).reshape(-1)
        return lambda part: constant - 0.5 * (part @ side_by_side - offsets).view(-1, clusters, columns).square().sum(2)
    precisions = 1 / covariances
    constant = constant - 0.5 * covariances.log().sum(1) - 0.5 * (means.square() * precisions).sum(1)
    scaled = means * precisions
    return lambda part: constant + part @ scaled.T - 0.5 * (part.square() @ precisions.T)


def run_em(torch, points, kind, start, reg_covar, iterations):
    """Runs E- and M-steps. Moments are taken relative to the mean of all points, because float32 loses least there."""
    center = points.mean(0)
    mixture = {**start, "means": start["means"] - center}
    for _ in range(iterations):
        mixture = em_iteration(torch, points, center, kind, mixture, reg_covar)
    return {**mixture, "means": mixture["means"] + center}


def em_iteration(torch, points, center, kind, mixture, reg_covar):
    density = log_densities(torch, kind, mixture)
    totals = torch.zeros_like(mixture["weights"])
    sums = torch.zeros_like(mixture["means"])
    squares = torch.zeros_like(mixture["covariances"])
    clusters, columns = sums.shape
    for rows in points.split(chunk_of(kind, sums)):
        part = rows - center
        shares = density(part).softmax(1)
        totals += shares.sum(0)
        sums += shares.T @ part
        if kind == "full":
            weighted = (shares[:, :, None] * part[:, None, :]).view(-1, clusters * columns)
            squares += (part.T @ weighted).view(columns, clusters, columns).permute(1, 0, 2)
        else:
            squares += shares.T @ part.square()
    totals = totals.clamp(min=10 * torch.finfo(totals.dtype).eps)
    means = sums / totals[:, None]
    if kind == "full":
        regular = reg_covar * torch.eye(columns, device=means.device, dtype=means.dtype)
        covariances = squares / totals[:, None, None] - means[:, :, None] * means[:, None, :] + regular
    else:
        covariances = squares / totals[:, None] - means.square() + reg_covar
    return {"weights": totals / len(points), "means": means, "covariances": covariances}


def likelihood_of(torch, points, kind, mixture):
    """@return the mean log-likelihood, and the most responsible component of each point"""
    dtype = mixture["means"].dtype
    center = mixture["means"].mean(0)
    density = log_densities(torch, kind, {**mixture, "means": mixture["means"] - center})
    total, labels = 0.0, []
    for rows in points.split(chunk_of(kind, mixture["means"]) // 2 + 1):
        found = density(rows.to(dtype) - center)
        total = total + found.logsumexp(1).double().sum()
        labels.append(found.argmax(1))
    return total / len(points), torch.cat(labels)
