/**
 * Characters that make a terminal do something, or show text in another order: all control characters except tabs and
 * line breaks, and the direction marks of Unicode's bidirectional algorithm.
 */
// oxlint-disable-next-line no-control-regex -- the pattern is there to find them
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Text from files and paths, safe for a terminal: control characters are written as JSON would escape them. */
export function harmless(text: string): string {
  return text.replace(CONTROLS, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
