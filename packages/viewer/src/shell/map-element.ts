import type { Camera } from '../render/scatter.ts';

/** What the shell asks of the map. */
export interface MapElement extends HTMLElement {
  camera: Camera;
  selectionCsv(): string;
  toPng(): Promise<Blob>;
  toSvg(): Promise<string>;
}
