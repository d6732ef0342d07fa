import type { Color } from '../render/scatter.ts';

/** The colours that views draw with, resolved from the element's palette, theme and custom properties. */
export interface Theme {
  readonly dark: boolean;
  /** One colour per group (cluster or class), repeated never: 256 groups and more stay distinguishable by neighbours. */
  readonly palette: readonly Color[];
  readonly background: Color;
  readonly text: Color;
  /** Greyed points. */
  readonly muted: Color;
  /** Selection and focus. */
  readonly accent: Color;
  /** False when the reader prefers less motion. */
  readonly motion: boolean;
}
