import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shoal, temporaryFolder } from './run-shoal.ts';

describe('mistakes get exit status 2 and a sentence that helps', () => {
  it.each([
    ['an infinity', 'x,y\n1,2\n3,inf\n', ['-k', '2'], /line 3, column 2: "inf" is infinite/],
    ['a ragged row', '1,2\n3\n', ['-k', '2'], /line 2/],
    ['more clusters than points', '1,2\n3,4\n', ['-k', '3'], /3 clusters/],
    ['an option of another method', '1,2\n3,4\n', ['-k', '2', '--reg-covar', '1'], /--reg-covar/],
    [
      'a number out of range',
      '1,2\n3,4\n',
      ['-k', '0'],
      /--clusters takes a whole number of at least 1, .*; got "0"/,
    ],
    ['no oversampling', '1,2\n', ['-k', '1', '--oversampling', '0'], /--oversampling takes a number above 0/],
    [
      'rounds for another start',
      '1,2\n',
      ['-k', '1', '--init', 'random', '--rounds', '2'],
      /--rounds does not apply to --init random/,
    ],
    [
      'rounds for the usual start',
      '1,2\n',
      ['-k', '1', '--rounds', '2'],
      /--rounds does not apply to --init k-means\+\+/,
    ],
    ['oversampling for a mixture', '1,2\n', ['-k', '1', '-m', 'gmm', '--oversampling', '1'], /--method gmm/],
    [
      'precision for a mixture',
      '1,2\n',
      ['-k', '1', '-m', 'gmm', '--precision', 'fast'],
      /--precision does not apply/,
    ],
    [
      'a neighborhood for k-means',
      '1,2\n',
      ['-k', '1', '--neighbors', '5'],
      /--neighbors does not apply to --method kmeans/,
    ],
    [
      'whitening for UMAP',
      '1,2\n3,4\n',
      ['-k', '1', '-m', 'umap-gmm', '--neighbors', '2', '--scaling', 'whiten'],
      /--scaling takes none or unit with umap-gmm/,
    ],
    [
      'gradients of points that are not images',
      '1,2\n3,5\n',
      ['-k', '1', '--features', 'gradients'],
      /needs images/,
    ],
    ['an unknown precision', '1,2\n', ['-k', '1', '--precision', 'rough'], /exact, fast/],
    ['an unknown engine', '1,2\n3,4\n', ['-k', '2', '--engine', 'cuda'], /auto, webgpu, wasm, reference/],
    [
      'an adapter for an engine without one',
      '1,2\n3,4\n',
      ['-k', '2', '--engine', 'wasm', '--adapter', 'x'],
      /--adapter/,
    ],
  ])('%s', async (_, csv, options, message) => {
    const folder = await temporaryFolder();
    const file = join(folder, 'points.csv');
    await writeFile(file, csv);
    const { status, stdout, stderr } = await shoal('fit', file, ...options, '-o', join(folder, 'run'));
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(await readdir(folder)).toEqual(['points.csv']);
  });

  it.each([
    ['garments', '--label-column', '1'],
    ['fashion-mnist', '--size', '100'],
    ['points.csv', '--size', '100'],
  ])('an option that %s would ignore', async (source, option, value) => {
    const { status, stderr } = await shoal('fit', source, '-k', '2', option, value);
    expect(status).toBe(2);
    expect(stderr).toContain(`${option} does not apply to`);
  });

  it('a file that does not exist', async () => {
    const { status, stderr } = await shoal('fit', 'nowhere.csv', '-k', '2');
    expect(status).toBe(2);
    expect(stderr).toContain('no file "nowhere.csv"');
  });

  it.each([
    [
      'a folder for points',
      ['fit', 'folder', '-k', '2', '-o', 'run'],
      /this folder has no files of a format/,
    ],
    ['a file for a folder', ['fit', 'file.csv', '-k', '2', '-o', 'file.csv/run'], /file.csv.run" .* a file/],
    ['a file for a run', ['predict', 'file.csv', 'file.csv'], /file\.csv" .* a file/],
    ['labels that do not exist', ['evaluate', 'none.csv', '--data', 'file.csv'], /none\.csv" is not there/],
    ['a folder to write to', ['data', 'export', 'file.csv', 'folder.npy'], /folder\.npy" is a folder/],
    ['a path through a file', ['data', 'export', 'file.csv', 'file.csv/x.npy'], /x\.npy" .* a file/],
    ['an unknown part', ['evaluate', 'file.csv', '--data', 'file.csv', '--split', 'foo'], /train, test/],
    ['an empty number', ['fit', 'file.csv', '-k', '2', '--seed', ''], /--seed takes .*; got ""/],
    [
      'a foreign option, before any work',
      ['fit', 'none.csv', '-k', '2', '--epochs', '2'],
      /--epochs does not apply/,
    ],
    [
      'convolutions of points that are not images',
      ['fit', 'file.csv', '-k', '2', '-m', 'ae-gmm', '--layers', '4x3,2', '--engine', 'wasm', '-o', 'run'],
      /--layers with convolutions needs images/,
    ],
    [
      'no layers',
      ['fit', 'file.csv', '-k', '2', '-m', 'ae-gmm', '--layers', '4*3'],
      /--layers takes .*"4\*3"/,
    ],
    ['an output without a name', ['fit', 'file.csv', '-k', '2', '-o', ''], /needs a path; got an empty one/],
    ['a name too long for a disk', ['fit', 'file.csv', '-k', '2', '-o', `run${'x'.repeat(300)}`], /too long/],
    [
      'a name too long for a disk, for labels',
      ['predict', 'run', 'file.csv', '-o', `run${'x'.repeat(300)}.npy`],
      /too long/,
    ],
    [
      'an option of another format',
      ['data', 'info', 'file.csv', '--tensor', 'a'],
      /--tensor does not apply to "\S*file\.csv", which is delimited text \(CSV\); leave it out\./,
    ],
    [
      'an option for points without points',
      ['evaluate', 'file.csv', '--classes', 'file.csv', '--header', 'no'],
      /--header does not apply to evaluate without --data/,
    ],
    [
      'a word that an option does not have',
      ['data', 'info', 'file.csv', '--delimiter', 'x'],
      /comma, semicolon, tab/,
    ],
    [
      'column 0',
      ['data', 'info', 'file.csv', '--label-column', '0'],
      /--label-column is 0, but file\.csv has columns 1 to 2/,
    ],
  ])('%s', async (_, argv, message) => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'folder'));
    await mkdir(join(folder, 'folder.npy'));
    await writeFile(join(folder, 'file.csv'), '1,2\n3,4\n');
    const paths = /^(folder|file\.csv|none\.csv|run)/;
    const { status, stdout, stderr } = await shoal(
      ...argv.map((argument) => (paths.test(argument) ? join(folder, argument) : argument)),
    );
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect((await readdir(folder)).sort()).toEqual(['file.csv', 'folder', 'folder.npy']);
  });

  it('evaluate without classes or points', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'labels.csv'), '0\n1\n');
    const { status, stderr } = await shoal('evaluate', join(folder, 'labels.csv'));
    expect(status).toBe(2);
    expect(stderr).toContain('--classes');
  });

  it('a command that does not exist', async () => {
    const { status, stderr } = await shoal('clusterise');
    expect(status).toBe(2);
    expect(stderr).toContain("unknown command 'clusterise'");
  });
});
