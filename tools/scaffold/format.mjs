import { camel, words } from './names.mjs';

/**
 * A format of files with points.
 *
 * @param {string} name
 * @returns {import('./plan.mjs').Plan}
 */
export function planFormat(name) {
  const format = `${camel(name)}Format`;
  return {
    files: {
      [`packages/data/src/formats/${name}.ts`]: `import { FormatError } from '../errors.ts';
import type { FileFormat } from './format.ts';

export const ${format} = {
  name: '${name}',
  title: '${words(name)}',
  extensions: ['${name}'],
  options: [],
  // The first bytes of a text do not give its length.
  announcedBytes: () => undefined,
  // TODO: read the format. This reads numbers with spaces between them, a point in each line.
  read({ bytes, file }) {
    const text = new TextDecoder().decode(bytes).trim();
    if (text === '') throw new FormatError({ file }, 'the file is empty.');
    // Empty lines are no points.
    const rows = text.split(/\\s*\\n\\s*/).map((line) => line.split(/\\s+/).map(Number));
    const columns = rows[0].length;
    rows.forEach((row, i) => {
      if (row.length === columns && row.every(Number.isFinite)) return;
      throw new FormatError({ file }, \`point \${i + 1} does not have \${columns} numbers.\`);
    });
    return Promise.resolve({ data: Float64Array.from(rows.flat()), shape: [rows.length, columns] });
  },
} as const satisfies FileFormat;
`,
    },
    insertions: [
      {
        path: 'packages/data/src/formats/index.ts',
        before: "import { idxFormat } from './idx.ts';",
        text: `import { ${format} } from './${name}.ts';\n`,
      },
      { path: 'packages/data/src/formats/index.ts', array: 'FORMATS', item: format },
      {
        path: 'packages/data/src/formats/index.test.ts',
        before: "  csv: encode('1,2",
        text: `  '${name}': encode('1 2\\n3 4\\n5 6\\n'),\n`,
      },
      {
        path: 'packages/data/test/sample-files.ts',
        before: '  csv: [encode(',
        text: `  '${name}': [encode('1 2\\n3 4\\n')],\n`,
      },
    ],
    next: [
      'Give it `sniff` if its first bytes identify it, and `readParts` if it does not need the whole file.',
      'Change its sample in packages/data/test/sample-files.ts, which the tests damage in thousands of ways.',
      'Describe it in the table of docs/data-formats.md, and name it in README.md: documentation.test.ts compares both.',
    ],
  };
}
