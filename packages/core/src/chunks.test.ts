import { describe, expect, it } from 'vitest';
import { forEachChunk } from './chunks.ts';

describe('forEachChunk', () => {
  it('visits every row once, in order, with a shorter last chunk', async () => {
    const chunks: [number, number][] = [];
    await forEachChunk(7, 3, undefined, (start, end) => {
      chunks.push([start, end]);
    });
    expect(chunks).toEqual([
      [0, 3],
      [3, 6],
      [6, 7],
    ]);
  });

  it('stops between two chunks with the reason of the signal', async () => {
    const controller = new AbortController();
    const visited: number[] = [];
    const work = forEachChunk(5, 1, controller.signal, (start) => {
      visited.push(start);
      if (start === 1) controller.abort(new Error('enough'));
    });
    await expect(work).rejects.toThrow('enough');
    expect(visited).toEqual([0, 1]);
  });

  it('lets the event loop, and so an abort, in between many short passes', async () => {
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort();
    }, 0);
    const passes = async (): Promise<void> => {
      for (let i = 0; i < 3_000_000; i++) await forEachChunk(1, 1, controller.signal, () => undefined);
    };
    await expect(passes()).rejects.toThrow('aborted');
  });
});
