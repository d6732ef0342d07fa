import { forEachChunk } from '../chunks.ts';
import { InvalidArgumentError, ShapeError } from '../errors.ts';
import { assertFinite, matrix, type Matrix } from '../matrix.ts';
import { requireWholeNumber } from '../validation.ts';

/** The size of an image, and how it is described. */
export interface OrientedGradientOptions {
  /** Pixels of a row of the image, and rows of it. */
  readonly width: number;
  readonly height: number;
  /** Cells along each side, at least 1; default 4. */
  readonly cells?: number | undefined;
  /** Number of directions in each cell, at least 2; an edge and its opposite have the same direction. Default 8. */
  readonly orientations?: number | undefined;
}

/** The same with defaults filled in. */
type OrientedGradientSettings = Required<{
  readonly [Key in keyof OrientedGradientOptions]: number;
}>;

/** Number of images between two turns of the event loop. */
const IMAGES_PER_CHUNK = 256;

/** Length of the returned rows. */
const ROOT_MEAN_SQUARE = 1 / 4;

/**
 * Checks how images are to be described.
 *
 * @throws {InvalidArgumentError} when a number is out of range
 */
function resolveOrientedGradients(options: OrientedGradientOptions): OrientedGradientSettings {
  const { width, height, cells = 4, orientations = 8 } = options;
  const settings = {
    width: requireWholeNumber('width', width, 1),
    height: requireWholeNumber('height', height, 1),
    cells: requireWholeNumber('cells', cells, 1),
    orientations: requireWholeNumber('orientations', orientations, 2),
  };
  if (cells > Math.min(width, height)) {
    throw new InvalidArgumentError(
      `${cells} cells along a side need as many pixels; images are ${width} x ${height}. Ask for fewer cells.`,
    );
  }
  return settings;
}

/**
 * Histograms of oriented gradients: how much edge of each direction there is in each cell of an image (Dalal & Triggs,
 * "Histograms of oriented gradients for human detection", CVPR 2005). Shape counts much, brightness little. Gradients
 * are central differences of the square roots of the pixels, with zeros around the image. The square roots of the
 * histograms are taken, so that Euclidean distances between them at unit length are Hellinger distances (Arandjelovic &
 * Zisserman, "Three things everyone should know to improve object retrieval", CVPR 2012). Rows come out with a root
 * mean square of 1/4, and are cut off at 1, so that a sigmoid can reproduce them; an image of one shade gives zeros. A
 * gradient is shared between the two nearest directions and the four nearest cells; shares for cells beyond the border
 * are dropped.
 *
 * @param images N x (width height) row by row, not negative, on the host
 * @returns N x (cells² orientations), float32 in [0, 1]: by row of cells, cell, direction
 * @throws {InvalidArgumentError} when an option is out of range or a pixel is negative
 * @throws {ShapeError} when the columns are not width times height
 * @throws {DataError} when a pixel is NaN or infinite
 * @throws the signal's reason when it is aborted
 */
export async function orientedGradients(
  images: Matrix,
  options: OrientedGradientOptions,
  signal?: AbortSignal,
): Promise<Matrix> {
  const { width, height, cells, orientations } = resolveOrientedGradients(options);
  const { data, rows, columns, scale } = images;
  if (columns !== width * height) {
    throw new ShapeError(
      `Images of ${width} x ${height} have ${width * height} columns; these have ${columns}.`,
    );
  }
  assertFinite(images);
  const length = cells * cells * orientations;
  const out = new Float32Array(rows * length);
  const rooted = new Float64Array(columns);
  const across = sharesOf(width, cells);
  const down = sharesOf(height, cells);
  await forEachChunk(rows, IMAGES_PER_CHUNK, signal, (first, end) => {
    for (let i = first; i < end; i++) {
      for (let j = 0; j < columns; j++) {
        const value = data[i * columns + j] * scale;
        if (value < 0) {
          throw new InvalidArgumentError(
            `Pixels must not be negative; row ${i}, column ${j} is ${value}. Shift the images first.`,
          );
        }
        rooted[j] = Math.sqrt(value);
      }
      const histogram = out.subarray(i * length, (i + 1) * length);
      addGradients(rooted, width, height, (x, y, dx, dy) => {
        addGradient(histogram, { cells, orientations, across: across[x], down: down[y] }, dx, dy);
      });
      normalize(histogram);
    }
  });
  return matrix(out, rows, length);
}

/** Takes the square roots of the values, and gives the row its length. */
function normalize(histogram: Float32Array): void {
  // The sum of the squares of the roots.
  const sum = histogram.reduce((total, value) => total + value, 0);
  if (sum === 0) return;
  const scale = ROOT_MEAN_SQUARE * Math.sqrt(histogram.length / sum);
  for (let at = 0; at < histogram.length; at++) {
    histogram[at] = Math.min(1, scale * Math.sqrt(histogram[at]));
  }
}

/** Visits every pixel whose neighbors differ. */
function addGradients(
  pixels: Float64Array,
  width: number,
  height: number,
  visit: (x: number, y: number, dx: number, dy: number) => void,
): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const dx = (x + 1 < width ? pixels[at + 1] : 0) - (x > 0 ? pixels[at - 1] : 0);
      const dy = (y + 1 < height ? pixels[at + width] : 0) - (y > 0 ? pixels[at - width] : 0);
      if (dx !== 0 || dy !== 0) visit(x, y, dx, dy);
    }
  }
}

/** Two neighboring cells, or directions, and what each gets. */
type Shares = readonly (readonly [index: number, share: number])[];

interface Place {
  readonly cells: number;
  readonly orientations: number;
  readonly across: Shares;
  readonly down: Shares;
}

function addGradient(
  histogram: Float32Array,
  { cells, orientations, across, down }: Place,
  dx: number,
  dy: number,
): void {
  const magnitude = Math.hypot(dx, dy);
  // From 0 to 1 in half a turn: dark to bright counts as the same edge as bright to dark.
  const angle = Math.atan2(dy, dx) / Math.PI + (dy < 0 ? 1 : 0);
  const position = angle * orientations;
  const before = Math.floor(position);
  const second = position - before;
  const directions: Shares = [
    [before % orientations, 1 - second],
    [(before + 1) % orientations, second],
  ];
  for (const [row, ofRow] of down) {
    for (const [column, ofColumn] of across) {
      const cell = (row * cells + column) * orientations;
      for (const [direction, share] of directions) {
        histogram[cell + direction] += magnitude * ofRow * ofColumn * share;
      }
    }
  }
}

/** For each pixel along a side, the two cells whose middles are before and after it. */
function sharesOf(pixels: number, cells: number): readonly Shares[] {
  return Array.from({ length: pixels }, (_, pixel) => {
    const position = ((pixel + 0.5) * cells) / pixels - 0.5;
    const before = Math.floor(position);
    const second = position - before;
    return (
      [
        [before, 1 - second],
        [before + 1, second],
      ] as const
    ).filter(([cell]) => cell >= 0 && cell < cells);
  });
}
