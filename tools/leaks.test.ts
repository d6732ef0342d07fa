import { describe, expect, it } from 'vitest';
import { findLeaks } from './leaks.mjs';

// Put together here, so that this file itself does not contain them.
const home = ['', 'home', 'ada', 'shoal'].join('/');
const registry = ['registry', 'example', 'org'].join('.');

describe('findLeaks', () => {
  it('finds registry hosts, tarball addresses and personal folders, with their lines', () => {
    const text = ['fine', `see https://${registry}/`, `cd ${home}`, ['  tarball', 'x.tgz'].join(': ')].join(
      '\n',
    );
    expect(findLeaks(text, []).map((leak) => leak.line)).toEqual([2, 3, 4]);
  });

  it('finds the given hosts', () => {
    expect(findLeaks('from mirror.example', ['mirror.example'])).toHaveLength(1);
    expect(findLeaks('from mirror.example', [])).toEqual([]);
  });

  it('leaves ordinary text alone', () => {
    const inside = ['https://example.org', 'src', '${folder}'].map((before) =>
      [before, 'work', 'x.ts'].join('/'),
    );
    const text = [...inside, '/usr/lib/chromium', 'a registry'].join(', ');
    expect(findLeaks(text, [])).toEqual([]);
  });
});
