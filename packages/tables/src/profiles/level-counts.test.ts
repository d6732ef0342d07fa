import { describe, expect, it } from 'vitest';
import { groupRows } from './groups.ts';
import { countLevels } from './level-counts.ts';

describe('countLevels', () => {
  it('calls true and false what the file of the column does', async () => {
    const values = Uint8Array.of(0, 1, 1, 255);
    const groups = groupRows([0, 0, 1, 1], 2, 4);
    const counted = await countLevels(
      { type: 'boolean', name: 'sex', values, words: ['F', 'M'] },
      groups,
      undefined,
    );
    expect(counted.levels).toEqual(['M', 'F']);
    expect([...counted.counts]).toEqual([1, 1, 1, 0, 0, 0]);
    expect([...counted.missingByCluster]).toEqual([0, 1, 0]);
  });
});
