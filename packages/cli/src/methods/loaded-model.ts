import type { Matrix } from '@shoal/core';

/** A saved model brought back to predict with. */
export interface LoadedModel {
  predict(points: Matrix, signal: AbortSignal): Promise<Uint32Array>;
  dispose(): void;
}
