import { describe, expect, it } from 'vitest';
import { Selection } from './selection.ts';

describe('Selection', () => {
  it('keeps points ascending, each once', () => {
    const selection = new Selection();
    expect(selection.change([5, 1, 5, 3], 'replace')).toBe(true);
    expect([...selection.points]).toEqual([1, 3, 5]);
    expect([0, 1, 2, 3, 4, 5, 6].filter((point) => selection.has(point))).toEqual([1, 3, 5]);
  });

  it('adds and removes', () => {
    const selection = new Selection();
    selection.change([1, 2], 'replace');
    selection.change([2, 10], 'add');
    expect([...selection.points]).toEqual([1, 2, 10]);
    selection.change([1, 7], 'remove');
    expect([...selection.points]).toEqual([2, 10]);
  });

  it('undoes and redoes steps, and discards undone ones after a new step', () => {
    const selection = new Selection();
    selection.change([1], 'replace');
    selection.change([2], 'replace');
    expect(selection.undo()).toBe(true);
    expect([...selection.points]).toEqual([1]);
    expect(selection.redo()).toBe(true);
    expect([...selection.points]).toEqual([2]);
    selection.undo();
    selection.change([3], 'replace');
    expect(selection.redo()).toBe(false);
    expect(selection.canUndo).toBe(true);
  });

  it('does not count a step that changes nothing', () => {
    const selection = new Selection();
    selection.change([4], 'replace');
    expect(selection.change([4], 'add')).toBe(false);
    selection.undo();
    expect(selection.canUndo).toBe(false);
  });

  it('gives the same as sets for a million points', () => {
    const all = Uint32Array.from({ length: 1_000_000 }, (_, i) => i);
    const thirds = all.filter((point) => point % 3 === 0);
    const selection = new Selection();
    selection.change(all.toReversed(), 'replace');
    selection.change(thirds, 'remove');
    expect(selection.size).toBe(666_666);
    expect(selection.has(3)).toBe(false);
    selection.change(thirds, 'add');
    expect(selection.points).toEqual(all);
  });

  it('discards the oldest steps when they contain too many points', () => {
    const all = Uint32Array.from({ length: 6_000_000 }, (_, i) => i);
    const selection = new Selection();
    for (let i = 0; i < 8; i++) selection.change(all.subarray(i), 'replace');
    let steps = 0;
    while (selection.undo()) steps++;
    expect(steps).toBe(2);
  });
});
