import {
  add,
  div,
  log,
  matMul,
  mul,
  ones,
  relu,
  reshape,
  square,
  sub,
  sum,
  transpose,
  type Rank,
  type Scalar,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/** The loss of a batch by its assignments, and its gradients. */
export interface ClusteringLoss {
  /** Sum over the batch of KL(p_i || q_i). */
  readonly total: Scalar;
  /** Gradient of the mean by the code, batch x d. */
  readonly byCode: Tensor2D;
  /** Gradient of the mean by the centers, K x d. */
  readonly byCenters: Tensor2D;
}

/** Keeps logarithms finite; so small that adding it to 1 changes nothing in float32. */
const LEAST = 1e-10;

/**
 * KL(P || Q) of soft assignments Q by Student's t (see soft-assignment.ts) and its gradients (Xie et al., eqs. 4 and 5), with
 * w_ij = (p_ij - q_ij) / (1 + |z_i - mu_j|^2):
 * dL/dz_i = 2 sum_j w_ij (z_i - mu_j), dL/dmu_j = -2 sum_i w_ij (z_i - mu_j).
 * Call it inside `TensorBackend.run`.
 *
 * @param code batch x d
 * @param centers K x d
 * @param target P, batch x K
 */
export function clusteringLoss(code: Tensor2D, centers: Tensor2D, target: Tensor2D): ClusteringLoss {
  const [rows, columns] = code.shape;
  const [clusters] = centers.shape;
  const columnOfOnes = ones<Rank.R2>([columns, 1]);
  const codeNorms = matMul(square(code), columnOfOnes);
  const centerNorms = reshape(matMul(square(centers), columnOfOnes), [1, clusters]);
  const products = matMul(code, transpose(centers));
  const squares = relu(add(sub(codeNorms, mul(products, 2)), centerNorms));
  const near: Tensor2D = div(1, add(squares, 1));
  const q: Tensor2D = div(near, matMul(near, ones<Rank.R2>([clusters, 1])));
  const weights: Tensor2D = mul(mul(sub(target, q), near), 2 / rows);
  const byRow = matMul(weights, ones<Rank.R2>([clusters, 1]));
  const byCluster = reshape(matMul(ones<Rank.R2>([1, rows]), weights), [clusters, 1]);
  return {
    total: sum(mul(target, sub(log(add(target, LEAST)), log(add(q, LEAST))))),
    byCode: sub(mul(code, byRow), matMul(weights, centers)),
    byCenters: sub(mul(centers, byCluster), matMul(transpose(weights), code)),
  };
}
