import { describe, expect, it } from 'vitest';
import { fitted, wrapped } from './text-width.ts';

describe('fitted', () => {
  it('fills and cuts to a number of terminal columns', () => {
    expect(fitted('ab', 4)).toBe('ab  ');
    expect(fitted('abcdef', 4)).toBe('abc…');
    // Two columns for each of these, none for the accent.
    expect(fitted('東京都', 6)).toBe('東京都');
    expect(fitted('東京都', 5)).toBe('東京…');
    expect(fitted('東京都', 4)).toBe('東… ');
    expect(fitted('e\u0301t', 3)).toBe('e\u0301t ');
    expect(fitted('a\nb', 3)).toBe('a b');
  });
});

describe('wrapped', () => {
  it('breaks lines between words', () => {
    expect(wrapped('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrapped('immeasurably long', 5)).toEqual(['immeasurably', 'long']);
  });
});
