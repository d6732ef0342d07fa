/**
 * The nearest neighbors of each of some places on the map, which need different colors. Exact; places that are not finite
 * have no neighbors and are not neighbors of others.
 *
 * @param places K x 2
 * @param most number of neighbors of each place
 */
function nearestPlaces(places: Float32Array, most: number): number[][] {
  const count = places.length / 2;
  const nearest = Array.from({ length: count }, () => [] as number[]);
  const byX = Array.from({ length: count }, (_, i) => i)
    .filter((i) => Number.isFinite(places[2 * i]) && Number.isFinite(places[2 * i + 1]))
    .sort((i, j) => places[2 * i] - places[2 * j] || i - j);
  byX.forEach((place, at) => {
    nearest[place] = nearestTo(place, at, byX, places, most);
  });
  return nearest;
}

/** Searches to the left and to the right until the distance in x alone exceeds that of the neighbors found so far. */
function nearestTo(
  place: number,
  at: number,
  byX: readonly number[],
  places: Float32Array,
  most: number,
): number[] {
  const found: { readonly other: number; readonly distance: number }[] = [];
  const x = places[2 * place];
  const y = places[2 * place + 1];
  let left = at - 1;
  let right = at + 1;
  for (;;) {
    const toLeft = left >= 0 ? x - places[2 * byX[left]] : Infinity;
    const toRight = right < byX.length ? places[2 * byX[right]] - x : Infinity;
    const across = Math.min(toLeft, toRight);
    if (across === Infinity || (found.length === most && across >= found[most - 1].distance)) break;
    const other = toLeft <= toRight ? byX[left--] : byX[right++];
    const distance = Math.hypot(places[2 * other] - x, places[2 * other + 1] - y);
    let slot = found.length;
    while (slot > 0 && distance < found[slot - 1].distance) slot--;
    found.splice(slot, 0, { other, distance });
    found.length = Math.min(found.length, most);
  }
  return found.map(({ other }) => other);
}

/** Makes the neighbor relation symmetric: a color must also differ from those of places to which its own place is near. */
export function mutualNeighbors(places: Float32Array, most: number): readonly (readonly number[])[] {
  const oneWay = nearestPlaces(places, most);
  const bothWays = oneWay.map((near) => new Set(near));
  oneWay.forEach((near, place) => {
    for (const other of near) bothWays[other].add(place);
  });
  return bothWays.map((near) => [...near].sort((a, b) => a - b));
}
