/**
 * The output of a scaffold: new files by their path, and lines for existing files.
 *
 * @typedef {object} Plan
 * @property {Readonly<Record<string, string>>} files
 * @property {readonly Insertion[]} insertions
 * @property {readonly string[]} next the remaining steps, a sentence each
 */

/**
 * A text before another one that is there once, or an item at the end of the array of a constant.
 *
 * @typedef {{ path: string, before: string, text: string } | { path: string, array: string, item: string }} Insertion
 */

export {};
