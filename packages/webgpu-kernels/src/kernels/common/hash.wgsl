// Random numbers that depend only on a seed and an index: core's `hash32`, with the same bits. Put before a kernel.

fn pcg(value: u32) -> u32 {
  let state = value * 747796405u + 2891336453u;
  let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return (word >> 22u) ^ word;
}

fn hash32(seed: u32, index: u32) -> u32 {
  return pcg(pcg(seed) + index);
}
