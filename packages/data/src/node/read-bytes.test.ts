import { execFileSync } from 'node:child_process';
import { appendFile, open, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { FormatError } from '../errors.ts';
import { writeNpy } from '../formats/npy.ts';
import { readLabelsFile, readPointsFile } from './points-file.ts';
import { readRun } from './run-folder.ts';

let folder = '';
beforeEach(async () => {
  folder = await temporaryFolder();
});
const path = (name: string): string => join(folder, name);
const npy = writeNpy({ data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] });

/** NPY of version 2, or safetensors, with headers that announce this number of bytes. */
function longHeader(kind: 'npy' | 'safetensors', length: number): Buffer {
  if (kind === 'npy') {
    const start = Buffer.from([...npy.subarray(0, 6), 2, 0, 0, 0, 0, 0]);
    start.writeUInt32LE(length, 8);
    return start;
  }
  const start = Buffer.alloc(8);
  start.writeBigUInt64LE(BigInt(length));
  return start;
}

describe('files without an end', () => {
  it.each([
    ['csv', /byte 0 .* is zero, which the text of a CSV file never has/],
    ['npy', /not an NPY file/],
    ['bin', /the format is not known/],
  ])('are refused at their beginning: .%s', async (extension, message) => {
    const file = path(`zero.${extension}`);
    await symlink('/dev/zero', file);
    for (const read of [readPointsFile, readLabelsFile]) {
      await expect(read(file)).rejects.toThrow(FormatError);
      await expect(read(file)).rejects.toThrow(message);
    }
  });

  it('are read from a pipe, up to the length that the header announces', async () => {
    const pipe = path('pipe.npy');
    execFileSync('mkfifo', [pipe]);
    const reading = readPointsFile(pipe);
    await writeFile(pipe, npy);
    expect((await reading).points).toMatchObject({ rows: 2, columns: 2 });
    const tooLong = expect(readPointsFile(pipe)).rejects.toThrow(/announces 144 bytes in all.* has more/);
    // The pipe is not read to the end.
    await writeFile(pipe, Buffer.concat([npy, Buffer.alloc(1 << 18)])).catch(() => undefined);
    await tooLong;
  });

  it('are a pipe without a writer: waiting for it ends when aborted', async () => {
    const pipe = path('model.json');
    execFileSync('mkfifo', [pipe]);
    for (const read of [readPointsFile, readLabelsFile]) {
      const signal = AbortSignal.timeout(30);
      await expect(read(pipe, { signal })).rejects.toThrow('timeout');
    }
    const signal = AbortSignal.timeout(30);
    await expect(readRun(folder, { signal })).rejects.toThrow('timeout');
  });
});

describe('files that are not what their headers say', () => {
  it('are not unpacked beyond the length that their header announces', async () => {
    const bomb = gzipSync(Buffer.concat([npy, Buffer.alloc(1 << 24)]));
    await writeFile(path('bomb.npy.gz'), bomb);
    await expect(readPointsFile(path('bomb.npy.gz'))).rejects.toThrow(/announces 144 bytes.*has more/);
    // The size in the last member is not enough.
    await appendFile(path('bomb.npy.gz'), gzipSync(''));
    await expect(readPointsFile(path('bomb.npy.gz'))).rejects.toThrow(/announces 144 bytes.*has more/);
  });

  it('are not unpacked beyond the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(1 << 21, '1,2\n'));
    await writeFile(path('bomb.csv.gz'), bomb);
    const options = { maxBytes: 1_000_000 };
    await expect(readPointsFile(path('bomb.csv.gz'), options)).rejects.toThrow(
      /at most 1000000 bytes .* has 2097152\..*--max-bytes/,
    );
    await appendFile(path('bomb.csv.gz'), gzipSync('1,2\n'));
    await expect(readPointsFile(path('bomb.csv.gz'), options)).rejects.toThrow(/1000000 .* has more/);
    await expect(readPointsFile(path('bomb.csv.gz'), { maxBytes: NaN })).rejects.toThrow(/got NaN/);
    expect((await readPointsFile(path('bomb.csv.gz'))).points.rows).toBe(2 ** 19 + 1);
  });

  it.each(['npy', 'safetensors'] as const)('have headers of a sensible length: %s', async (kind) => {
    const file = path(`brackets.${kind}`);
    await writeFile(file, Buffer.concat([longHeader(kind, 98e6), Buffer.alloc(98e6, '[')]));
    await expect(readPointsFile(file)).rejects.toThrow(FormatError);
    await expect(readPointsFile(file)).rejects.toThrow(/header announces 98000000 bytes, but at most/);
  });

  it('are compared with their header before anything is read', async () => {
    const large = await open(path('large.npy'), 'w');
    await large.write(npy);
    // A sparse file, larger than any memory.
    await large.truncate(2 ** 40);
    await large.close();
    const options = { maxBytes: Infinity };
    await expect(readPointsFile(path('large.npy'), options)).rejects.toThrow(
      /144 bytes in all.*1099511627776/,
    );
  });
});

it('reads long text in pieces, divided at any place', async () => {
  const row = '"1",2.5,"3"\r\n';
  await writeFile(path('long.csv'), row.repeat(100_000));
  const { points } = await readPointsFile(path('long.csv'));
  expect([points.rows, points.columns]).toEqual([100_000, 3]);
  expect(points.data.every((value, i) => value === [1, 2.5, 3][i % 3])).toBe(true);
  await writeFile(path('long.csv'), row.repeat(100_000) + '1,x,3\r\n');
  await expect(readPointsFile(path('long.csv'))).rejects.toThrow(
    /column 2: .*row 100001 of the data has "x"/,
  );
  await writeFile(path('line.csv'), 'x'.repeat(2 ** 25 + 2 ** 20));
  await expect(readPointsFile(path('line.csv'))).rejects.toThrow(/line 1: the line does not end within/);
});

it('stops while it reads text', async () => {
  await writeFile(path('stop.csv'), '1,2\n'.repeat(2_000_000));
  const signal = AbortSignal.timeout(60);
  const startedAt = performance.now();
  await expect(readPointsFile(path('stop.csv'), { signal })).rejects.toThrow('timeout');
  expect(performance.now() - startedAt).toBeLessThan(1000);
});
