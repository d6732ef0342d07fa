/** A tree as it is drawn, in CSS pixels from the left and the top. */
export interface TreePicture {
  /** The branches that have room, each before its parts, from left to right. */
  readonly branches: readonly DrawnBranch[];
  /** Round values beside the tree. */
  readonly ticks: readonly { readonly y: number; readonly text: string }[];
  /** What the ticks are: "distance". */
  readonly measure: string;
  /** Where a value is. */
  readonly yOf: (value: number) => number;
}

/** A branch with room. */
export interface DrawnBranch {
  readonly node: number;
  /** 1 for the root of the picture. */
  readonly depth: number;
  /** Its place among the drawn parts of its parent, from 1, and their number. */
  readonly place: number;
  readonly siblings: number;
  /** The outline of a filled shape, or lines. */
  readonly path: string;
  readonly isFilled: boolean;
  /** Whether it has parts that are not drawn. */
  readonly isCollapsed: boolean;
}

/** The room of a picture. */
export interface TreeRoom {
  readonly width: number;
  readonly height: number;
  /** The branch that fills it; 0 for the whole tree. */
  readonly root: number;
}

/** CSS pixels around the tree; the numbers of the axis are on the left. */
export const MARGIN = { left: 50, right: 8, top: 10, bottom: 10 } as const;

/** A place in a picture, to a tenth of a pixel. */
export function px(value: number): string {
  return String(Math.round(10 * value) / 10);
}
