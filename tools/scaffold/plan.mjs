/**
 * The output of a scaffold: new files by their path, and lines for existing files.
 *
 * @typedef {object} Plan
 * @property {Readonly<Record<string, string>>} files
 * @property {readonly Insertion[]} insertions
 * @property {readonly string[]} next the remaining steps, a sentence each
 */

/**
 * @typedef {object} Insertion
 * @property {string} path
 * @property {string} before the text that it goes before; it must be there once
 * @property {string} text
 */

export {};
