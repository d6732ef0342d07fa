import { readFile } from 'node:fs/promises';

/**
 * Lets TypeScript import a `.wgsl` file as its text, in Vitest, Vite and tsdown. The text is JSON-escaped, so nothing
 * in a shader can break out of the string. Comment lines are replaced by empty lines: they are a third of some shaders
 * and not needed there, and line numbers in messages stay right.
 *
 * @returns {{ name: string, load: { filter: { id: RegExp }, handler: (id: string) => Promise<{ code: string, moduleType: 'js' }> } }}
 */
export function wgsl() {
  return {
    name: 'shoal:wgsl',
    load: {
      filter: { id: /\.wgsl$/ },
      async handler(id) {
        const source = await readFile(id, 'utf8');
        const code = source.replaceAll(/^[ \t]*\/\/.*$/gm, '');
        return { code: `export default ${JSON.stringify(code)};`, moduleType: 'js' };
      },
    },
  };
}
