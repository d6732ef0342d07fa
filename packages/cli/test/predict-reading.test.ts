import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { shoal, temporaryFolder } from './run-shoal.ts';

const ENGINE = ['--engine', 'wasm', '--threads', '1'];
const LINES = ['a;b', '0,5;1,5', '2,5;3,5', '40,5;50,5', '41,5;51,5'];

async function fitted(content: string, ...options: string[]) {
  const folder = await temporaryFolder();
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const file = await write('fit.csv', content);
  const run = join(folder, 'run');
  const fit = await shoal('fit', file, '-k', '2', '-o', run, '--no-report', ...options, ...ENGINE);
  expect(fit.status, fit.stderr).toBe(0);
  const predict = (source: string) => shoal('predict', run, source, ...ENGINE);
  return { write, predict, file, run };
}

it('labels the rows that a fit of decimal commas wrote, and quoted ones', async () => {
  const { predict, run, file } = await fitted(`${LINES.join('\n')}\n`);
  const labels = (await predict(file)).stdout;
  const again = await predict(join(run, 'assignments.csv'));
  expect([again.status, again.stdout], again.stderr).toEqual([0, labels]);
  const quoted = await fitted('a,b\n"0,5","1,5"\n"2,5","3,5"\n"40,5","50,5"\n"41,5","51,5"\n');
  expect((await quoted.predict(quoted.file)).status).toBe(0);
});

it('takes the decimal mark of the fit where a file can be read in two ways, with a word', async () => {
  const { predict, write } = await fitted(`${LINES.join('\n')}\n`);
  const { status, stderr } = await predict(await write('new.csv', 'a;b\n1.234;3.500\n2.125;1.250\n'));
  expect(status, stderr).toBe(0);
  expect(stderr).toContain('Read with the decimal comma, as the file of the fit.');
});

it('leaves out options of the fit that do not fit a file, with a word', async () => {
  const content = (
    await readFile(new URL('../../../examples/penguins.csv', import.meta.url), 'utf8')
  ).replaceAll(',', '|');
  const { predict, run } = await fitted(content, '--delimiter', 'pipe');
  const { status, stderr, stdout } = await predict(join(run, 'assignments.csv'));
  expect(status, stderr).toBe(0);
  expect(stderr).toContain('--delimiter as in the fit does not suit this file');
  expect(stdout.trim().split('\n')).toHaveLength(344);
});
