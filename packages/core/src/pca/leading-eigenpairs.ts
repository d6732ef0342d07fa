import { identity } from '../linear-algebra/identity.ts';
import type { MatrixProductSession } from '../engine/products/session.ts';
import { symmetricEigen } from '../linear-algebra/eigen.ts';
import { symmetricPart, transposedProduct } from '../linear-algebra/narrow-products.ts';
import { orthonormalize } from '../linear-algebra/orthonormalize.ts';
import type { Random } from '../random.ts';
import { requireNoOverflow } from '../validation.ts';

export interface SubspaceOptions {
  /** Number of eigenpairs, k <= D. */
  readonly components: number;
  /** Dimensions of the subspace, k to D. */
  readonly width: number;
  /** Multiplications of the subspace before its eigenpairs are taken, >= 0. */
  readonly iterations: number;
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
  /** Called after each pass over the points with the passes done and all there will be. */
  readonly onPass?: ((passes: number, total: number) => void) | undefined;
}

/** The k largest eigenvalues of a matrix, in descending order, and their eigenvectors. */
export interface LeadingEigenpairs {
  /** k values. */
  readonly values: Float64Array;
  /** k x D, row-major: orthonormal rows, row i for `values[i]`. */
  readonly vectors: Float64Array;
}

/**
 * Leading eigenpairs of G = (X - 1 s^T)^T W (X - 1 s^T), which is only multiplied by narrow matrices and never formed,
 * by randomized subspace iteration (Halko, Martinsson & Tropp, "Finding structure with randomness", SIAM Review 53(2),
 * 2011, algorithm 4.4, applied to G itself) and the Rayleigh-Ritz method: Q = orth(Gaussian), `iterations` times Q =
 * orth(G Q), then the eigenpairs of Q^T G Q. Where the subspace has all D dimensions, Q is the identity and the
 * eigenpairs are those of G.
 *
 * @throws {DataError} when a product overflows
 * @throws the signal's reason when it is aborted
 */
export async function leadingEigenpairs(
  session: MatrixProductSession,
  { components, width, iterations, random, signal, onPass }: SubspaceOptions,
): Promise<LeadingEigenpairs> {
  const { columns } = session;
  const whole = width === columns;
  const passes = whole ? 1 : iterations + 1;
  let basis = whole
    ? identity(columns)
    : await orthonormalize(gaussian(columns * width, random), columns, width, signal);
  let image: Float64Array = new Float64Array(0);
  for (let pass = 1; pass <= passes; pass++) {
    signal?.throwIfAborted();
    if (pass > 1) basis = await orthonormalize(image, columns, width, signal);
    image = await session.gram(basis, width);
    for (const value of image) requireNoOverflow('A product of the points', value);
    onPass?.(pass, passes);
  }
  const { values, vectors } = await symmetricEigen(
    symmetricPart(transposedProduct(basis, image, columns, width), width),
    width,
    signal,
  );
  return {
    values: values.slice(0, components),
    vectors: leadingRows(basis, vectors, columns, width, components),
  };
}

function gaussian(length: number, random: Random): Float64Array {
  return Float64Array.from({ length }, () => random.normal());
}

/** The first `count` columns of Q V as rows, count x rows. */
function leadingRows(
  q: Float64Array,
  v: Float64Array,
  rows: number,
  width: number,
  count: number,
): Float64Array {
  const out = new Float64Array(count * rows);
  for (let i = 0; i < rows; i++) {
    for (let p = 0; p < width; p++) {
      const factor = q[i * width + p];
      for (let c = 0; c < count; c++) out[c * rows + i] += factor * v[p * width + c];
    }
  }
  return out;
}
