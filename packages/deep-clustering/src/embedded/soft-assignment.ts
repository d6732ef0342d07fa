import { matrix, type Matrix } from '@shoal/core';

/**
 * How much each point belongs to each cluster by Student's t with one degree of freedom, as in t-SNE: q_ij proportional
 * to 1 / (1 + |z_i - mu_j|^2), summing to 1 over j (Xie, Girshick & Farhadi, "Unsupervised deep embedding for
 * clustering analysis", ICML 2016, eq. 1).
 *
 * @param code N x d, on the host
 * @param centers K x d, row-major
 * @returns N x K, row-major
 */
export function softAssignments({ data, rows, columns, scale }: Matrix, centers: Float32Array): Float32Array {
  const clusters = centers.length / columns;
  const q = new Float32Array(rows * clusters);
  const near = new Float64Array(clusters);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = 0; k < clusters; k++) {
      let square = 0;
      for (let j = 0; j < columns; j++) {
        square += (data[i * columns + j] * scale - centers[k * columns + j]) ** 2;
      }
      near[k] = 1 / (1 + square);
      sum += near[k];
    }
    for (let k = 0; k < clusters; k++) q[i * clusters + k] = near[k] / sum;
  }
  return q;
}

/**
 * The target of training: p_ij proportional to q_ij^2 / f_j with f_j = sum_i q_ij, summing to 1 over j. It makes
 * certain assignments more certain, and prevents large clusters from taking all points (Xie et al., eq. 3).
 *
 * @param q N x K
 * @returns N x K
 */
export function targetDistribution(q: Float32Array, clusters: number): Matrix {
  const rows = q.length / clusters;
  const sizes = new Float64Array(clusters);
  q.forEach((value, at) => {
    sizes[at % clusters] += value;
  });
  const p = new Float32Array(q.length);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = 0; k < clusters; k++) sum += share(q[i * clusters + k], sizes[k]);
    for (let k = 0; k < clusters; k++) {
      p[i * clusters + k] = share(q[i * clusters + k], sizes[k]) / sum;
    }
  }
  return matrix(p, rows, clusters);
}

/** The cluster that each point belongs to most; of equal ones the first. */
export function hardAssignments(q: Float32Array, clusters: number): Uint32Array {
  return Uint32Array.from({ length: q.length / clusters }, (_, i) => {
    let best = 0;
    for (let k = 1; k < clusters; k++) if (q[i * clusters + k] > q[i * clusters + best]) best = k;
    return best;
  });
}

function share(q: number, size: number): number {
  // A cluster without any assignment gets a target of 0.
  return size > 0 ? (q * q) / size : 0;
}
