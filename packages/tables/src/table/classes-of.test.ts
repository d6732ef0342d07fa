import { describe, expect, it } from 'vitest';
import { classesOf } from './classes-of.ts';
import { columnOf } from './table-of.ts';

describe('classesOf', () => {
  it('names the classes of a boolean column by its words', () => {
    const values = Uint8Array.of(1, 0, 255);
    const plain = classesOf({ type: 'boolean', name: 'sick', values }, 3);
    expect(plain).toEqual({ labels: Uint8Array.of(2, 1, 0), classNames: ['(missing)', 'false', 'true'] });
    const words = classesOf({ type: 'boolean', name: 'sick', values, words: ['well', 'sick'] }, 3);
    expect(words).toEqual({ labels: Uint8Array.of(1, 2, 0), classNames: ['(missing)', 'sick', 'well'] });
  });

  it('keeps whole numbers', () => {
    expect(classesOf(columnOf('digit', [3, -1, 300]), 3)).toEqual({ labels: Int32Array.of(3, -1, 300) });
  });
});
