import { readdir, readFile } from 'node:fs/promises';
import { FORMATS } from '@shoal/data';
import { expect, it } from 'vitest';
import { MAY_IMPORT } from '../../../.dependency-cruiser.mjs';
import { METHODS } from '../src/methods/index.ts';
import { METHOD_OPTIONS, type OptionName } from '../src/methods/options.ts';

const read = (path: string): Promise<string> =>
  readFile(new URL(`../../../${path}`, import.meta.url), 'utf8');

/** The cells of the table with this first word in its head, without the head. */
async function tableOf(path: string, first: string): Promise<string[][]> {
  const lines = (await read(path)).split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${first} `));
  const end = lines.findIndex((line, i) => i > start && !line.startsWith('|'));
  const cells = (line: string): string[] =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
  return lines.slice(start + 2, end).map(cells);
}

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

it('lists every method with its options', async () => {
  const names = Object.keys(METHOD_OPTIONS) as OptionName[];
  expect(await tableOf('docs/command-line.md', '`--method`')).toEqual(
    METHODS.map(({ name, title, options }) => [
      `\`${name}\``,
      title,
      quoted(
        names.filter((option) => options.includes(option)).map((option) => METHOD_OPTIONS[option]().long!),
      ),
    ]),
  );
});

it('lists every file format with its signature and its options', async () => {
  const rows = await tableOf('docs/data-formats.md', 'format');
  expect(rows.map(([title, known, options]) => [title, known, options])).toEqual(
    FORMATS.map(({ title, sniff, extensions, options }) => {
      const endings = quoted(extensions.map((extension) => `.${extension}`));
      return [title, sniff === undefined ? endings : `its first bytes, or ${endings}`, quoted(options)];
    }),
  );
});

it('names every method and file format in the README', async () => {
  const list = (words: readonly string[], last: string): string =>
    `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
  const text = (await read('README.md')).replaceAll('\n', ' ');
  const methods = list(
    METHODS.map(({ name }) => `\`${name}\``),
    'and',
  );
  expect(text).toContain(`Methods are ${methods};`);
  const formats = list(
    FORMATS.map(({ title }) => title),
    'or',
  );
  expect(text).toContain(`data come by name or as ${formats};`);
});

it('says which package may import which', async () => {
  const rows = await tableOf('docs/architecture.md', 'package');
  expect(rows.map(([name, , targets]) => [name, targets])).toEqual(
    Object.entries(MAY_IMPORT).map(([name, targets]) => [
      name === 'shoal' ? '`shoal`' : `\`@shoal/${name}\``,
      targets.join(', ') || 'nothing: no package, no DOM, no Node',
    ]),
  );
});

it('names every package in the README', async () => {
  const rows = await tableOf('README.md', 'package');
  const named = rows.map(([link]) => /\(packages\/(.*)\)/.exec(link)?.[1]);
  expect(named.sort()).toEqual(Object.keys(MAY_IMPORT).sort());
});

it('says what is in each folder', async () => {
  const rows = await tableOf('docs/architecture.md', 'folder');
  // In "`viewer/shell`, `state`", both are folders of the viewer.
  const named = rows.flatMap(([cell]) => {
    const [first, ...others] = [...cell.matchAll(/`(.*?)`/g)].map(([, path]) => path);
    const [home] = first.split('/');
    return [first, ...others.map((path) => (path.includes('/') ? path : `${home}/${path}`))];
  });
  const folders = await Promise.all(Object.keys(MAY_IMPORT).map(foldersOf));
  expect(folders.flat().filter((folder) => !named.includes(folder))).toEqual([]);
});

/** Folders of a package's sources, as the table calls them: `core/metrics`. */
async function foldersOf(name: string): Promise<string[]> {
  const place = new URL(`../../${name}/src/`, import.meta.url);
  const entries = await readdir(place, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => `${name}/${entry.name}`);
}
