/**
 * Makes the templates and styles of Lit elements smaller, in Vitest, Vite and tsdown: takes away indentation, comments in
 * styles and spaces around their punctuation. They are text, which no minifier of JavaScript changes, and for a page they are
 * more than 1 kB after gzip. Lines stay, so that line numbers in messages are right.
 *
 * @returns {{ name: string, enforce: 'pre', transform: { filter: { id: RegExp, code: RegExp }, handler: (code: string) => { code: string, map: null } } }}
 */
export function lit() {
  return {
    name: 'shoal:lit',
    enforce: 'pre',
    transform: {
      filter: { id: /\.ts$/, code: /from 'lit'/ },
      handler: (code) => ({
        code: code.replaceAll(/css`[^`]*`/g, smallerStyles).replaceAll(/^[ \t]+/gm, ''),
        map: null,
      }),
    },
  };
}

/** @param {string} styles */
function smallerStyles(styles) {
  return styles
    .replaceAll(/\/\*[^]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ''))
    .replaceAll(/[ \t]*([{:;,])[ \t]+/g, '$1')
    .replaceAll(' {\n', '{\n');
}
