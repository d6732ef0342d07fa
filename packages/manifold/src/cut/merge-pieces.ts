import type { Pausable } from '@shoal/core/engine-kit';
import type { CoarseGraph } from './coarse-graph.ts';
import type { CutWeights } from './partition.ts';

/**
 * Clusters by merging: every piece starts as a cluster, and the two whose union has the least weighted measures are
 * merged until K are left, as in Ward's method (J. Am. Stat. Assoc. 58, 1963). Annealing seldom joins two halves of a
 * large class when small classes would have to separate at the same time; merging comes from the other side.
 *
 * Each cluster keeps the best of its partners, so that a merge takes little more than one pass over the clusters.
 *
 * @returns cluster of each piece
 */
export function* mergePieces(
  graph: CoarseGraph,
  clusters: number,
  weights: CutWeights,
): Pausable<Uint32Array> {
  const { pieces } = graph;
  const sizes = graph.sizes.slice();
  const links = graph.links.slice();
  const products = graph.products.slice();
  const memberOf = Uint32Array.from({ length: pieces }, (_, piece) => piece);
  let left = Array.from(memberOf);

  const change = (a: number, b: number): number => {
    const imbalance = entropy(sizes[a] + sizes[b]) - entropy(sizes[a]) - entropy(sizes[b]);
    const [own, other] = [products[a * pieces + a], products[b * pieces + b]];
    const gained =
      share(own + other + 2 * products[a * pieces + b], sizes[a] + sizes[b]) -
      share(own, sizes[a]) -
      share(other, sizes[b]);
    return -2 * links[a * pieces + b] + weights.balance * imbalance - weights.compactness * gained;
  };
  const partners = new Uint32Array(pieces);
  const changes = new Float64Array(pieces).fill(Infinity);
  const findPartner = (a: number): void => {
    changes[a] = Infinity;
    for (const b of left) if (b !== a) offer(a, b, change(a, b));
  };
  const offer = (a: number, b: number, value: number): void => {
    if (value >= changes[a]) return;
    changes[a] = value;
    partners[a] = b;
  };
  for (const a of left) {
    findPartner(a);
    yield;
  }

  while (left.length > clusters) {
    const kept = left.reduce((best, a) => (changes[a] < changes[best] ? a : best));
    const gone = partners[kept];
    sizes[kept] += sizes[gone];
    // The row of the remaining cluster gets the sums, then its column too; both tables stay symmetric.
    for (const table of [links, products]) {
      for (const b of left) table[kept * pieces + b] += table[gone * pieces + b];
      table[kept * pieces + kept] += table[kept * pieces + gone];
      for (const b of left) table[b * pieces + kept] = table[kept * pieces + b];
    }
    for (let piece = 0; piece < pieces; piece++) if (memberOf[piece] === gone) memberOf[piece] = kept;
    left = left.filter((a) => a !== gone);
    findPartner(kept);
    for (const a of left) {
      if (a === kept) continue;
      if (partners[a] === kept || partners[a] === gone) findPartner(a);
      else offer(a, kept, change(a, kept));
    }
    yield;
  }
  return memberOf.map((cluster) => left.indexOf(cluster));
}

function entropy(size: number): number {
  return size > 0 ? size * Math.log(size) : 0;
}

function share(square: number, size: number): number {
  return size > 0 ? square / size : 0;
}
