import {
  add,
  exp,
  log,
  matMul,
  mul,
  neg,
  ones,
  softmax,
  square,
  sub,
  sum,
  transpose,
  type Rank,
  type Scalar,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/** The mixture that codes are drawn from, as parameters without bounds. */
export interface MixtureTensors {
  /** Logits of the weights pi, 1 x K. */
  readonly logits: Tensor2D;
  /** K x d. */
  readonly means: Tensor2D;
  /** ln of the variances, K x d. */
  readonly logVariances: Tensor2D;
}

/** A batch of codes: what the encoder makes of each point, and one draw from it. */
export interface CodeTensors {
  /** batch x d. */
  readonly mean: Tensor2D;
  /** ln of the variance, batch x d. */
  readonly logVariance: Tensor2D;
  /** batch x d. */
  readonly sample: Tensor2D;
}

/** The loss of a batch by its codes, and the gradients of its mean over the batch. */
export interface VariationalLoss {
  /** Sum over the batch of KL(q(z, c | x) || p(z, c)). */
  readonly total: Scalar;
  readonly byMean: Tensor2D;
  readonly byLogVariance: Tensor2D;
  /** Gradient through the responsibilities, which are those of the sample. */
  readonly bySample: Tensor2D;
  readonly byMixture: MixtureTensors;
}

/** Keeps logarithms of responsibilities finite. */
const LEAST = 1e-10;

/**
 * The part of VaDE's loss that is not reconstruction, with one draw z for each point (Jiang, Zheng, Tan, Tang & Zhou,
 * "Variational deep embedding", IJCAI 2017, eqs. 12, 14 and 16), without constant terms:
 *
 * sum_c g_c (a_c + ln g_c) - 1/2 sum_d (1 + l_d), with l the log-variance, m the mean of the code,
 * a_c = 1/2 sum_d [ln s_cd + (e^(l_d) + (m_d - mu_cd)^2) / s_cd] - ln pi_c, and
 * g = softmax_c u_c, u_c = ln pi_c - 1/2 sum_d [ln s_cd + (z_d - mu_cd)^2 / s_cd].
 *
 * g depends on the mixture and on z; this part of the gradients is dL/du_c = g_c (h_c - sum_k g_k h_k) with h_c = a_c +
 * ln g_c. Call it inside `TensorBackend.run`.
 */
export function variationalLoss(code: CodeTensors, mixture: MixtureTensors): VariationalLoss {
  const { mean, logVariance, sample } = code;
  const { logits, means, logVariances } = mixture;
  const [rows, columns] = mean.shape;
  const [clusters] = means.shape;
  const ofColumns = ones<Rank.R2>([columns, 1]);
  const ofClusters = ones<Rank.R2>([clusters, 1]);
  const ofRows = ones<Rank.R2>([1, rows]);

  const weights = softmax(logits);
  const logWeights: Tensor2D = log(add(weights, LEAST));
  const precisions: Tensor2D = exp(neg(logVariances));
  const scaledMeans: Tensor2D = mul(means, precisions);
  const columnsOfPrecisions = transpose(precisions);
  const logDeterminants = transpose(matMul(logVariances, ofColumns));
  const meanNorms = transpose(matMul(mul(means, scaledMeans), ofColumns));
  /** Sum over d of (x_d - mu_cd)^2 / s_cd, batch x K. */
  const squaresTo = (x: Tensor2D): Tensor2D =>
    add(sub(matMul(square(x), columnsOfPrecisions), mul(matMul(x, transpose(scaledMeans)), 2)), meanNorms);

  const variance: Tensor2D = exp(logVariance);
  const joint: Tensor2D = sub(logWeights, mul(add(squaresTo(sample), logDeterminants), 0.5));
  const g: Tensor2D = softmax(joint);
  const spread = add(matMul(variance, columnsOfPrecisions), squaresTo(mean));
  const a = sub(mul(add(spread, logDeterminants), 0.5), logWeights);
  const h: Tensor2D = add(a, log(add(g, LEAST)));
  const gh: Tensor2D = mul(g, h);
  const total: Scalar = sub(sum(gh), mul(sum(add(logVariance, 1)), 0.5));

  const perRow = 1 / rows;
  const share: Tensor2D = mul(g, perRow);
  const byLogit: Tensor2D = mul(mul(g, sub(h, matMul(gh, ofClusters))), perRow);
  /** Sum over c of w_c (x - mu_c) / s_c, batch x d. */
  const pullOf = (w: Tensor2D, x: Tensor2D): Tensor2D =>
    sub(mul(x, matMul(w, precisions)), matMul(w, scaledMeans));

  const shares: Tensor2D = transpose(matMul(ofRows, share));
  const logitSums: Tensor2D = transpose(matMul(ofRows, byLogit));
  const moments = (w: Tensor2D, sums: Tensor2D, x: Tensor2D, squares: Tensor2D) => {
    const columnsOfW = transpose(w);
    const first = matMul(columnsOfW, x);
    return {
      /** Sum over the batch of w (x - mu) / s, K x d. */
      pull: mul<Tensor2D>(precisions, sub(first, mul(means, sums))),
      /** Sum over the batch of w (x^2 - 2 mu x + mu^2) / s, K x d. */
      squares: mul<Tensor2D>(
        precisions,
        add(sub(matMul(columnsOfW, squares), mul(mul(means, first), 2)), mul(square(means), sums)),
      ),
    };
  };
  const seconds: Tensor2D = add(variance, square(mean));
  const direct = moments(share, shares, mean, seconds);
  const indirect = moments(byLogit, logitSums, sample, square(sample));
  // By ln pi, then through the softmax of the logits.
  const differences: Tensor2D = sub(logitSums, shares);
  const byLogWeights = transpose(differences);
  return {
    total,
    byMean: pullOf(share, mean),
    byLogVariance: sub(mul(mul(variance, matMul(share, precisions)), 0.5), 0.5 * perRow),
    bySample: neg(pullOf(byLogit, sample)),
    byMixture: {
      logits: sub(byLogWeights, mul(weights, sum(byLogWeights))),
      means: sub(indirect.pull, direct.pull),
      logVariances: mul(add(sub(sub(shares, logitSums), direct.squares), indirect.squares), 0.5),
    },
  };
}
