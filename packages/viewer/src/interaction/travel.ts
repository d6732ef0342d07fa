const MILLISECONDS = 700;

/**
 * Moves points from places to others, a step in each frame. A point that has no place at the start or the end is at its end at
 * once.
 *
 * @param from N x 2
 * @param to N x 2
 * @returns ends the movement where it is
 */
export function travel(
  from: Float32Array,
  to: Float32Array,
  show: (positions: Float32Array) => void,
): () => void {
  const started = performance.now();
  let frame = requestAnimationFrame(function step(now: number): void {
    // The time of a frame can be before the call that requested it.
    const share = Math.min(1, Math.max(0, now - started) / MILLISECONDS);
    if (share === 1) {
      show(to);
      return;
    }
    show(between(from, to, share * share * (3 - 2 * share)));
    frame = requestAnimationFrame(step);
  });
  return () => {
    cancelAnimationFrame(frame);
  };
}

function between(from: Float32Array, to: Float32Array, share: number): Float32Array {
  return to.map((end, i) => (Number.isFinite(from[i]) ? from[i] + (end - from[i]) * share : end));
}
