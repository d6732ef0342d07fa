/** Sets of numbers 0 to `size - 1` that are joined. */
export class DisjointSets {
  /** Number of sets. */
  count: number;
  readonly #parents: Uint32Array;

  /** Each number is a set of its own at first. */
  constructor(size: number) {
    this.count = size;
    this.#parents = Uint32Array.from({ length: size }, (_, i) => i);
  }

  /** The lowest member of a number's set. */
  rootOf(member: number): number {
    const parents = this.#parents;
    let at = member;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }

  /** Joins the sets of two numbers; returns whether they were two. */
  join(a: number, b: number): boolean {
    const [p, q] = [this.rootOf(a), this.rootOf(b)];
    if (p === q) return false;
    this.#parents[Math.max(p, q)] = Math.min(p, q);
    this.count--;
    return true;
  }

  /** The set of each number, counted from 0 in the order of their lowest members. */
  labels(): Uint32Array {
    const labels = new Uint32Array(this.#parents.length);
    let next = 0;
    // A root is the lowest of its set, so it has its label before the others.
    for (let i = 0; i < labels.length; i++) {
      const root = this.rootOf(i);
      labels[i] = root === i ? next++ : labels[root];
    }
    return labels;
  }
}
