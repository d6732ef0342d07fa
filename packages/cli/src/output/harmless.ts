/**
 * Characters that make a terminal do something, or show text in another order than it has: all controls but tabs and
 * ends of lines, and the marks of direction of Unicode's bidirectional algorithm.
 */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Text from files and paths as a terminal may get it: a control character is written as JSON would escape it. */
export function harmless(text: string): string {
  return text.replace(CONTROLS, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
