import { describe, expect, it } from 'vitest';
import { lit } from './lit-plugin.mjs';

const { filter, handler } = lit().transform;

describe('the plugin of Lit elements', () => {
  it('takes indentation, comments of styles and spaces that mean nothing', () => {
    const source = `import { css } from 'lit';
export const styles = css\`
  /* Two
     lines. */
  .a :is(h1, h2) {
    inline-size: calc(100% - 2px);
  }
\`;
`;
    expect(handler(source).code).toBe(`import { css } from 'lit';
export const styles = css\`


.a :is(h1,h2){
inline-size:calc(100% - 2px);
}
\`;
`);
  });

  it('leaves the words of templates, and the number of lines', () => {
    const source = 'const p = html`<p>\n    2 of  3: all, {x}\n  </p>`;\n';
    expect(handler(source).code).toBe('const p = html`<p>\n2 of  3: all, {x}\n</p>`;\n');
  });

  it('is for files that import Lit', () => {
    expect(filter.code.test("import { html } from 'lit';")).toBe(true);
    expect(filter.code.test("import { html } from './html.ts';")).toBe(false);
  });
});
