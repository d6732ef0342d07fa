/** A cluster or a class, and how many of the points are in it. */
export interface Part {
  /** `groups` for points that are in none. */
  readonly label: number;
  readonly count: number;
}

/** How many points have each label, the most frequent first. */
export function countParts(points: Uint32Array, labels: Uint32Array, groups: number): readonly Part[] {
  const counts = new Uint32Array(groups + 1);
  for (const point of points) counts[Math.min(labels[point], groups)]++;
  return Array.from(counts, (count, label) => ({ label, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.label - b.label);
}
