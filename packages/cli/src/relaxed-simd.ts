import { setFlagsFromString } from 'node:v8';

/**
 * Turns relaxed SIMD on, which the wasm engine's fused arithmetic needs. V8 has it since 11.3, without a flag since 11.4, the
 * version after that of Node.js 20. Flags hold for the whole process, so this is for the command alone to decide.
 */
export function enableRelaxedSimd(): void {
  const [major, minor] = process.versions.v8.split('.').map(Number);
  if (major === 11 && minor === 3) setFlagsFromString('--experimental-wasm-relaxed-simd');
}
