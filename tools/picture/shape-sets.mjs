import { Random } from '../../packages/core/dist/index.js';

/** Points of each set. */
const POINTS = 500;

/**
 * Points in the plane, and the group of each: -1 for noise.
 *
 * @typedef {{ name: string, clusters: number, places: number[][], groups: number[] }} ShapeSet
 */

/**
 * Seven sets of points, after scikit-learn's comparison of clusterings, each made by its own seed.
 *
 * @returns {ShapeSet[]}
 */
export function shapeSets() {
  return [
    setOf('two circles', 2, 1, (random, group) => {
      const radius = group === 0 ? 1 : 0.45;
      const angle = 2 * Math.PI * random.uniform();
      return [
        radius * Math.cos(angle) + spread(random, 0.04),
        radius * Math.sin(angle) + spread(random, 0.04),
      ];
    }),
    setOf('two moons, noise', 2, 2, moon, 0.12),
    setOf('different spread', 3, 3, (random, group) => {
      const [x, y, deviation] = [
        [-5, 0, 0.5],
        [0, 2, 1.4],
        [6, -1, 0.9],
      ][group];
      return [x + spread(random, deviation), y + spread(random, deviation)];
    }),
    setOf('stretched', 3, 4, (random, group) => {
      const [a, b] = [spread(random, 1), spread(random, 1)];
      return [group * 2.4 + 0.6 * a - 0.6 * b, group * 0.6 - 0.4 * a + 0.8 * b];
    }),
    setOf('compact', 3, 5, (random, group) => {
      const [x, y] = [
        [-4, -3],
        [0, 3.5],
        [4, -2],
      ][group];
      return [x + spread(random, 0.8), y + spread(random, 0.8)];
    }),
    setOf(
      'different size, noise',
      4,
      6,
      (random, group) => {
        const [x, y, deviation] = [
          [0, 0, 0.9],
          [4, 3, 0.25],
          [4.2, -2.5, 0.3],
          [-4, 3, 0.2],
        ][group];
        return [x + spread(random, deviation), y + spread(random, deviation)];
      },
      0.15,
      [0.7, 0.1, 0.1, 0.1],
    ),
    setOf('no clusters', 1, 7, (random) => [random.uniform(), random.uniform()]),
  ];
}

/**
 * @param {string} name
 * @param {number} clusters
 * @param {number} seed
 * @param {(random: Random, group: number) => number[]} draw
 * @param {number} [noise] share of points that are anywhere
 * @param {readonly number[]} [shares] of the groups
 * @returns {ShapeSet}
 */
function setOf(
  name,
  clusters,
  seed,
  draw,
  noise = 0,
  shares = Array.from({ length: clusters }, () => 1 / clusters),
) {
  const random = new Random(seed);
  const groups = shares.flatMap((share, group) =>
    Array.from({ length: Math.round(POINTS * (1 - noise) * share) }, () => group),
  );
  const places = groups.map((group) => draw(random, group));
  const ranges = [0, 1].map((axis) => places.map((place) => place[axis]).toSorted((a, b) => a - b));
  while (places.length < POINTS && noise > 0) {
    places.push(
      ranges.map((values) => values[0] + random.uniform() * (values[values.length - 1] - values[0])),
    );
    groups.push(-1);
  }
  return { name, clusters, places, groups };
}

/** @param {Random} random @param {number} group */
function moon(random, group) {
  const angle = Math.PI * random.uniform();
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  const at = group === 0 ? [x, y] : [1 - x, 0.5 - y];
  return at.map((value) => value + spread(random, 0.06));
}

/** @param {Random} random @param {number} deviation */
function spread(random, deviation) {
  return deviation * random.normal();
}
