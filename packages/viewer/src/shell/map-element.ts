import type { Camera } from '../render/scatter.ts';

/** The part of the map that the shell uses. */
export interface MapElement extends HTMLElement {
  camera: Camera;
  selectionCsv(): Promise<string>;
  toPng(): Promise<Blob>;
  toSvg(): Promise<string>;
}
