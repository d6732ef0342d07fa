import { applyScaling, matrix, type Engine, type Matrix, type Points } from '@shoal/core';
import type { AutoencoderModel, AutoencoderPassOptions } from '../autoencoder/autoencoder-model.ts';
import { codeOnHost } from './with-code.ts';

/** How codes are joined. */
export interface JoinOptions extends AutoencoderPassOptions {
  /** Whether each code of each point is scaled to unit length, so that all codes count the same. */
  readonly unitLength: boolean;
  readonly engine: Engine;
}

/**
 * The codes of points by several autoencoders, side by side: N x (sum of their columns). The squared distance of two
 * points is then the sum of their squared distances in every code, and the random differences of one autoencoder count
 * less.
 *
 * @throws like `AutoencoderModel.encode`
 */
export async function joinedCode(
  autoencoders: readonly AutoencoderModel[],
  points: Points,
  { unitLength, engine, signal }: JoinOptions,
): Promise<Matrix> {
  const codes: Matrix[] = [];
  for (const autoencoder of autoencoders) {
    const code = await codeOnHost(autoencoder, points, engine, { signal });
    codes.push(
      unitLength ? ((await applyScaling(code, { kind: 'unit' }, engine, { signal })) as Matrix) : code,
    );
  }
  if (codes.length === 1) return codes[0];
  const columns = codes.reduce((sum, code) => sum + code.columns, 0);
  const joined = new Float32Array(points.rows * columns);
  for (let i = 0; i < points.rows; i++) {
    let at = i * columns;
    for (const code of codes) {
      for (let c = 0; c < code.columns; c++) joined[at++] = code.data[i * code.columns + c];
    }
  }
  return matrix(joined, points.rows, columns);
}
