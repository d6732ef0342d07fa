import { setFlagsFromString } from 'node:v8';

/**
 * Turns relaxed SIMD on, which the wasm engine's fused arithmetic needs. V8 has it since 11.3, without a flag since
 * 11.4, which is newer than in Node.js 20. Flags hold for the whole process, so only the command may set them.
 */
export function enableRelaxedSimd(): void {
  const [major, minor] = process.versions.v8.split('.').map(Number);
  if (major === 11 && minor === 3) setFlagsFromString('--experimental-wasm-relaxed-simd');
}
