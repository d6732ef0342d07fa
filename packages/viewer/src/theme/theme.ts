import type { Color } from '../render/scatter.ts';

/** The colours that views draw with, resolved from the element's palette, theme and custom properties. */
export interface Theme {
  readonly dark: boolean;
  /**
   * One colour per group (cluster or class, as `colorBy` says), repeated never: 256 groups and more stay distinguishable by
   * neighbours.
   */
  readonly palette: readonly Color[];
  /** One per cluster, whatever colours the map. */
  readonly clusters: readonly Color[];
  /** One per class: that of the cluster it is matched with, where there is one. */
  readonly classes: readonly Color[];
  readonly background: Color;
  readonly text: Color;
  /** Greyed points. */
  readonly muted: Color;
  /** Selection and focus. */
  readonly accent: Color;
  /** False when the reader prefers less motion. */
  readonly motion: boolean;
}
