/** Pixels between pictures that stand side by side. */
const GAP = 2;

/**
 * Draws gray pictures side by side on one canvas, at one canvas pixel per value; CSS scales it up.
 *
 * @param pictures `width * height` values from 0 (background) to 1 each, row by row
 * @param label description of the canvas, for readers who cannot see it
 */
export function drawPictures(
  pictures: readonly Float32Array[],
  width: number,
  height: number,
  label: string,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, pictures.length * (width + GAP) - GAP);
  canvas.height = height;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', label);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser does not draw on a canvas.');
  pictures.forEach((picture, i) => {
    context.putImageData(toImage(picture, width, height), i * (width + GAP), 0);
  });
  return canvas;
}

/** Dark ink on white, like the printed pictures of the data set. */
function toImage(picture: Float32Array, width: number, height: number): ImageData {
  const image = new ImageData(width, height);
  picture.forEach((value, i) => {
    const shade = Math.round(255 * (1 - value));
    image.data.set([shade, shade, shade, 255], 4 * i);
  });
  return image;
}
