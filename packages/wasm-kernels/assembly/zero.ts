/** Fills memory with zeros. The host would fill shared memory byte by byte. */
export function zero(from: usize, bytes: usize): void {
  memory.fill(from, 0, bytes);
}
