import type { Color } from '../render/scatter.ts';

/** The colors of all views, from the element's palette, theme and custom properties. */
export interface Theme {
  readonly dark: boolean;
  /**
   * One color per group (cluster, class or values of a column, depending on `colorBy`), all distinct: with 256 groups and more, neighbors are
   * still distinguishable.
   */
  readonly palette: readonly Color[];
  /** One color per cluster, also if the map shows classes. */
  readonly clusters: readonly Color[];
  /** One color per class: that of its matched cluster, if there is one. */
  readonly classes: readonly Color[];
  readonly background: Color;
  readonly text: Color;
  /** Color of grayed points. */
  readonly muted: Color;
  /** Color of selection and focus. */
  readonly accent: Color;
  /** False when the reader prefers less motion. */
  readonly motion: boolean;
}
