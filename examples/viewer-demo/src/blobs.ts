import { matrix, Random } from '@shoal/core';
import type { Dataset } from '@shoal/data';

/** The place of each blob, its deviations along and across, and its angle. */
const BLOBS = [
  { x: -3, y: 2.2, along: 2.1, across: 0.32, turn: 0.5 },
  { x: -2.6, y: -0.6, along: 1.7, across: 0.35, turn: -0.75 },
  { x: 2.4, y: 2.4, along: 1.9, across: 0.3, turn: -0.6 },
  { x: 3.4, y: -1.6, along: 1.9, across: 0.4, turn: 1.15 },
  { x: 0.4, y: -2.6, along: 1.5, across: 0.45, turn: 0.1 },
  { x: 0.3, y: 0.9, along: 0.55, across: 0.5, turn: 0 },
];
/** Number of points of each blob. */
const POINTS = 700;

/** Long blobs that cross each other: round clusters cut them into pieces, and ellipses turn until they fit. */
export function drawBlobs(): Dataset {
  const random = new Random(4);
  const count = BLOBS.length * POINTS;
  const labels = Uint32Array.from({ length: count }, (_, i) => i % BLOBS.length);
  const data = new Float32Array(2 * count);
  labels.forEach((blob, i) => {
    const { x, y, along, across, turn } = BLOBS[blob];
    const [u, v] = [along * random.normal(), across * random.normal()];
    data[2 * i] = x + u * Math.cos(turn) - v * Math.sin(turn);
    data[2 * i + 1] = y + u * Math.sin(turn) + v * Math.cos(turn);
  });
  const classNames = BLOBS.map((_, i) => `blob ${i + 1}`);
  return { name: 'Blobs', points: matrix(data, count, 2), labels, classNames };
}
