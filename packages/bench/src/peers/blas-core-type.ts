/** Core types that OpenBLAS falls back to when it does not know a processor: nothing newer than SSE3. */
const FALLBACKS = new Set(['Prescott', 'Core2']);

/** The part of a thread pool's description that is used here. */
interface Pool {
  readonly api: string | null;
  readonly architecture: string | null;
}

/**
 * The value of `OPENBLAS_CORETYPE` with which OpenBLAS uses the processor well. An OpenBLAS older than its processor
 * falls back to kernels of 2004; a comparison with these would make Shoal look too good.
 *
 * @param flags the processor's features, as in /proc/cpuinfo
 * @returns undefined when OpenBLAS chose well, or when nothing better is known
 */
export function coreTypeFor(pools: readonly Pool[], flags: ReadonlySet<string>): string | undefined {
  const fellBack = pools.some(
    ({ api, architecture }) => api === 'openblas' && architecture !== null && FALLBACKS.has(architecture),
  );
  if (!fellBack) return undefined;
  if (flags.has('avx512f') && flags.has('avx512vl')) return 'SKYLAKEX';
  return flags.has('avx2') ? 'HASWELL' : undefined;
}
