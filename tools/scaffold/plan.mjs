/**
 * What a scaffold writes: new files by their path, and lines that go into files that are there.
 *
 * @typedef {object} Plan
 * @property {Readonly<Record<string, string>>} files
 * @property {readonly Insertion[]} insertions
 * @property {readonly string[]} next what is left to do, a sentence each
 */

/**
 * @typedef {object} Insertion
 * @property {string} path
 * @property {string} before the text that it goes before; it must be there once
 * @property {string} text
 */

export {};
