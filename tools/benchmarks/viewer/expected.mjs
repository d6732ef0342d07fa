/** @typedef {{ readonly width: number, readonly height: number, readonly blocks: Float64Array }} Ink */

const BLOCK = 20;
/** Least difference of a point's pixel from white, in its darkest channel. */
const INK = 24;
/** Least similarity of the distributions of ink, and the factor by which the amounts may differ. */
const LEAST_CORRELATION = 0.9;
const MOST_FACTOR = 2.5;

/**
 * Share of pixels with ink in each block of a picture.
 *
 * @param {ArrayLike<number>} pixels with the given number of channels
 * @param {number} channels
 * @param {number} width
 * @param {number} height
 * @returns {Ink}
 */
export function inkOf(pixels, channels, width, height) {
  const columns = Math.ceil(width / BLOCK);
  const blocks = new Float64Array(columns * Math.ceil(height / BLOCK));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = channels * (y * width + x);
      const darkest = Math.min(pixels[at], pixels[at + 1], pixels[at + 2]);
      if (255 - darkest >= INK)
        blocks[Math.floor(y / BLOCK) * columns + Math.floor(x / BLOCK)] += 1 / BLOCK ** 2;
    }
  }
  return { width, height, blocks };
}

/**
 * Ink of points of two pixels across, each on the four pixels around it.
 *
 * @param {Float32Array} positions on a map of which -1 to 1 fills the height
 * @param {number} width
 * @param {number} height
 * @returns {Ink}
 */
export function inkOfPoints(positions, width, height) {
  const pixels = new Uint8Array(3 * width * height).fill(255);
  for (let i = 0; i < positions.length; i += 2) {
    const x = Math.round(width / 2 + (positions[i] * height) / 2);
    const y = Math.round(height / 2 - (positions[i + 1] * height) / 2);
    for (const [column, row] of [
      [x, y],
      [x - 1, y],
      [x, y - 1],
      [x - 1, y - 1],
    ]) {
      if (column < 0 || row < 0 || column >= width || row >= height) continue;
      pixels.fill(0, 3 * (row * width + column), 3 * (row * width + column) + 3);
    }
  }
  return inkOf(pixels, 3, width, height);
}

/**
 * Whether a picture shows the points: a fast picture of something else does not count.
 *
 * @param {Ink} actual
 * @param {Ink} expected
 * @returns {string | undefined} what is wrong with it
 */
export function refuse({ blocks: actual }, { blocks: expected }) {
  const [has, needs] = [sum(actual), sum(expected)];
  if (has === 0) return 'the picture is empty';
  const factor = Math.max(has / needs, needs / has);
  if (factor > MOST_FACTOR) return `the picture has ${(has / needs).toFixed(2)} times the ink of the points`;
  const alike = correlation(actual, expected);
  if (alike < LEAST_CORRELATION) return `the picture is like the points by ${alike.toFixed(2)} of 1`;
  return undefined;
}

/** @param {Float64Array} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * @param {Float64Array} a
 * @param {Float64Array} b
 */
function correlation(a, b) {
  const [meanA, meanB] = [sum(a) / a.length, sum(b) / b.length];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    ab += (value - meanA) * (b[i] - meanB);
    aa += (value - meanA) ** 2;
    bb += (b[i] - meanB) ** 2;
  });
  return ab / Math.sqrt(aa * bb);
}
