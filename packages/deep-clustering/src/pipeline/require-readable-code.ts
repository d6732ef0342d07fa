import { UnsupportedError, type Engine } from '@shoal/core';
import type { TensorBackend } from '../backend/tensor-backend.ts';

/**
 * Checks that an engine can read the codes that a backend makes.
 *
 * @throws {UnsupportedError} when the backend is on WebGPU and the engine is not
 */
export function requireReadableCode(
  { name }: Pick<TensorBackend, 'name'>,
  engine: Pick<Engine, 'name'> | undefined,
): void {
  if (name !== 'webgpu' || engine?.name === 'webgpu') return;
  throw new UnsupportedError(
    `On a webgpu tensor backend the code stays on the device, which ${engine ? `the ${engine.name} engine` : 'the default engine'} ` +
      'cannot read: pass the webgpu engine of the same device, or use a wasm backend.',
  );
}
