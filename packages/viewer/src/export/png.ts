import { InvalidArgumentError } from '@shoal/core';
import { css, type Shape } from '../views/map/shapes.ts';

/**
 * Draws shapes over a picture.
 *
 * @param picture the points, in device pixels
 * @param width width of the picture in CSS pixels, the unit of the shapes
 * @throws {InvalidArgumentError} when the browser cannot make such an image
 */
export async function toPng(picture: Blob, width: number, shapes: readonly Shape[]): Promise<Blob> {
  const points = await createImageBitmap(picture);
  const canvas = document.createElement('canvas');
  canvas.width = points.width;
  canvas.height = points.height;
  const context = canvas.getContext('2d');
  if (context === null) throw tooLarge(canvas);
  context.drawImage(points, 0, 0);
  const ratio = points.width / width;
  points.close();
  context.scale(ratio, ratio);
  for (const shape of shapes) draw(context, shape);
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  if (blob === null) throw tooLarge(canvas);
  return blob;
}

function draw(context: CanvasRenderingContext2D, shape: Shape): void {
  const { fill, fillOpacity = 1, stroke, width = 1, dash = [], opacity = 1 } = shape.paint;
  context.globalAlpha = opacity;
  context.setLineDash([...dash]);
  context.lineWidth = width;
  if (stroke !== undefined) context.strokeStyle = css(stroke);
  if (fill !== undefined) context.fillStyle = css(fill);
  if (shape.kind === 'text') {
    context.font = `600 ${shape.size}px system-ui, sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(shape.text, shape.x, shape.y);
    return;
  }
  context.beginPath();
  trace(context, shape);
  if (fill !== undefined) {
    context.globalAlpha = opacity * fillOpacity;
    context.fill('evenodd');
    context.globalAlpha = opacity;
  }
  if (stroke !== undefined) context.stroke();
}

function trace(context: CanvasRenderingContext2D, shape: Exclude<Shape, { kind: 'text' }>): void {
  switch (shape.kind) {
    case 'circle':
      context.arc(shape.x, shape.y, shape.radius, 0, 2 * Math.PI);
      return;
    case 'ellipse':
      context.ellipse(shape.x, shape.y, shape.rx, shape.ry, shape.turn, 0, 2 * Math.PI);
      return;
    case 'polygon':
      for (let i = 0; i < shape.corners.length; i += 2)
        context.lineTo(shape.corners[i], shape.corners[i + 1]);
      context.closePath();
  }
}

function tooLarge({ width, height }: HTMLCanvasElement): InvalidArgumentError {
  return new InvalidArgumentError(
    `The browser cannot make an image of ${width} x ${height} pixels; make the map smaller.`,
  );
}
