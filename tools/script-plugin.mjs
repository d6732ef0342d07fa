import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Lets TypeScript import another TypeScript file as JavaScript text, in Vitest, Vite and tsdown: `import source from
 * './thread.ts?script'`. A Worker started from this text does not need its own file, which Node.js, browsers and
 * bundlers locate in different ways. The file may import only types.
 *
 * @returns {{ name: string, resolveId: { filter: { id: RegExp }, handler: (id: string, importer: string | undefined) => string | undefined }, load: { filter: { id: RegExp }, handler: (id: string) => Promise<{ code: string, moduleType: 'js' }> } }}
 */
export function script() {
  return {
    name: 'shoal:script',
    resolveId: {
      filter: { id: /\.ts\?script$/ },
      handler: (id, importer) => (importer === undefined ? undefined : resolve(dirname(importer), id)),
    },
    load: {
      filter: { id: /\.ts\?script$/ },
      async handler(id) {
        const file = id.slice(0, -'?script'.length);
        const { default: ts } = await import('typescript');
        const { outputText } = ts.transpileModule(await readFile(file, 'utf8'), {
          fileName: file,
          compilerOptions: {
            target: ts.ScriptTarget.ES2023,
            module: ts.ModuleKind.ESNext,
            verbatimModuleSyntax: true,
            removeComments: true,
          },
        });
        if (/^import /m.test(outputText)) throw new Error(`${file} must not import anything except types.`);
        return { code: `export default ${JSON.stringify(outputText)};`, moduleType: 'js' };
      },
    },
  };
}
