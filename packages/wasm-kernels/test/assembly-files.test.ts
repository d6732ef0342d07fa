import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('../assembly/', import.meta.url);

/** A file of the module and all files that it imports. */
function neededBy(name: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(name)) return found;
  found.add(name);
  const text = readFileSync(new URL(`${name}.ts`, folder), 'utf8');
  for (const [, path] of text.matchAll(/ from '\.\/([\w-]+)'/g)) neededBy(path, found);
  return found;
}

it('every file of the assembly is part of the module', () => {
  const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''));
  expect([...neededBy('kernels')].sort()).toEqual(files.sort());
});

it('every file of the assembly is in the README, and the other way round', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const cells = readme.split('\n').filter((row) => row.startsWith('| `assembly/'));
  const named = cells.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/([\w-]+\.ts)`/g)].map(([, name]) => name),
  );
  expect(named.sort()).toEqual(readdirSync(folder).sort());
});
