import { dirname, resolve } from 'node:path';

/**
 * Lets TypeScript import another TypeScript file as JavaScript text, in Vitest, Vite and tsdown: `import source from
 * './thread.ts?script'`. A Worker started from this text does not need its own file, which Node.js, browsers and
 * bundlers locate in different ways. What the file imports becomes a part of the text.
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
        const { build } = await import('vite');
        const built = await build({
          configFile: false,
          logLevel: 'silent',
          resolve: { conditions: ['@shoal/source'] },
          build: {
            write: false,
            minify: false,
            target: 'es2023',
            lib: { entry: id.slice(0, -'?script'.length), formats: ['es'], fileName: 'script' },
          },
        });
        const files = Array.isArray(built) ? built.flatMap(({ output }) => output) : [];
        const codes = files.flatMap((file) => (file.type === 'chunk' ? [file.code] : []));
        if (codes.length !== 1) throw new Error(`${id} must become one file, without import().`);
        return { code: `export default ${JSON.stringify(codes[0])};`, moduleType: 'js' };
      },
    },
  };
}
