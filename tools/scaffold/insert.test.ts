import { expect, it } from 'vitest';
import { addBefore, addToArray } from './insert.mjs';

it.each([
  ['one line', 'const ALL: readonly Kind[] = [a, b];', 'a,b,c'],
  ['a comma after the last item', 'const ALL = [\n  a,\n  b,\n] as const;', 'a,b,c'],
  ['no comma after it', 'const ALL = [\n  a,\n  b\n];', 'a,b,c'],
  ['a comment with brackets and a comma', 'const ALL = [\n  a, // of [1],\n  b // last ],\n];', 'a,b,c'],
  ['arrays inside', 'const ALL = [a, [b, []]];', 'a,[b,[]],c'],
  ['no items', 'const ALL = [];', 'c'],
])('adds an item to an array with %s', (_, source, items) => {
  const added = addToArray(`const ALL_OTHERS = [x];\n${source}\nconst LAST = [y];\n`, 'ALL', 'c');
  const bare = added.replace(/\/\/.*/g, '').replace(/\s/g, '');
  expect(bare).toContain(`=[${items}]`);
  expect(bare).toContain('constALL_OTHERS=[x];');
  expect(bare).toContain('constLAST=[y];');
  expect(added).not.toMatch(/\n\s*\n/);
});

it('says that there is no such array', () => {
  expect(() => addToArray('const ALL = make();\nconst OTHER = [a];', 'ALL', 'c')).toThrow(
    'There is no array "const ALL = [...]"',
  );
});

it('adds a text before one that is there once', () => {
  expect(addBefore('a b c', 'b', 'x ')).toBe('a x b c');
  expect(() => addBefore('a b b', 'b', 'x')).toThrow('"b" should be there once, but is there 2 times.');
});
