import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeNpy } from '@shoal/data';
import { expect, it } from 'vitest';
import { shoal, temporaryFolder } from './run-shoal.ts';

it('never writes over what a command reads', async () => {
  const folder = await temporaryFolder();
  const points = join(folder, 'points.npy');
  const bytes = writeNpy({ data: Float32Array.of(0, 0, 1, 9, 9, 8), shape: [3, 2] });
  await writeFile(points, bytes);
  await symlink(points, join(folder, 'link.npy'));
  await writeFile(join(folder, 'table.xlsx'), '1,2\n');
  await symlink(join(folder, 'table.xlsx'), join(folder, 'table.npy'));
  const run = join(folder, 'run');
  const place = ['--engine', 'reference'] as const;
  const fit = await shoal('fit', points, '-k', '2', '-o', run, '--no-report', ...place);
  expect(fit.status, fit.stderr).toBe(0);
  const labels = await readFile(join(run, 'labels.npy'));

  for (const [output, message] of [
    [points, /is the input file/],
    [join(folder, 'link.npy'), /is the input file/],
    [join(run, 'labels.npy'), /is in the run folder/],
    [join(folder, 'table.npy'), /table\.xlsx" cannot be written: its name must end in/],
    [join(folder, 'labels.docx'), /must end in .*\.csv/],
  ] as const) {
    const { status, stderr } = await shoal('predict', run, points, '-o', output, ...place);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  }
  for (const [given, message] of [
    [points, /is the input file/],
    [join(folder, 'rows.xlsx'), /must end in/],
    [join(folder, 'rows.npy'), /must end in/],
  ] as const) {
    const refused = await shoal(
      'fit',
      points,
      '-k',
      '2',
      '--assignments',
      given,
      '-o',
      join(folder, 'two'),
      ...place,
    );
    expect(refused.stderr).toMatch(message);
    expect(refused.status).toBe(2);
  }
  const exported = await shoal('data', 'export', points, points);
  expect(exported).toMatchObject({ status: 2 });
  expect(await readFile(points)).toEqual(Buffer.from(bytes));
  expect(await readFile(join(run, 'labels.npy'))).toEqual(labels);
  expect(await shoal('predict', run, points, '-o', join(folder, 'new.npy'), ...place)).toMatchObject({
    status: 0,
  });
});
