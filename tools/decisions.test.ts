import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('../docs/decisions/', import.meta.url);

it('the index of decisions lists every decision by its title', () => {
  // Bars in a table must be escaped.
  const index = readFileSync(new URL('README.md', folder), 'utf8').replaceAll('\\|', '|');
  for (const file of readdirSync(folder).filter((name) => name !== 'README.md')) {
    const [first] = readFileSync(new URL(file, folder), 'utf8').split('\n');
    const title = first.replace(/^# (\d+:? *)?/, '');
    expect(index).toContain(`[${file.slice(0, 4)}](${file})`);
    expect(index).toContain(title);
  }
});
