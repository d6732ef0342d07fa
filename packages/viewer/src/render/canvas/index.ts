export { CanvasPainter } from './canvas-painter.ts';
export { coverCanvas } from './covering-canvas.ts';
