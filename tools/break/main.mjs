// `pnpm break`: breaks the built command on purpose, for ten minutes at most: kills, two writers, signals, full disks, little
// memory, damaged files. Ends with status 1 when something was lost, left behind or ended in a stack.
//   pnpm break [--only kills,writers] [--minutes 10] [--scale 1] [--seed 0]
import { parseArgs } from 'node:util';
import { disks } from './disks.mjs';
import { files } from './files.mjs';
import { kills } from './kills.mjs';
import { memory } from './memory.mjs';
import { runPart } from './part.mjs';
import { workers } from './workers.mjs';
import { signals } from './signals.mjs';
import { writers } from './writers.mjs';

const PARTS = [kills, writers, signals, disks, memory, files, workers];

const { values: options } = parseArgs({
  // pnpm hands "--" on.
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    only: { type: 'string' },
    minutes: { type: 'string', default: '10' },
    scale: { type: 'string', default: '1' },
    seed: { type: 'string', default: '0' },
  },
});
const wanted = options.only?.split(',');
const unknown = wanted?.find((name) => !PARTS.some((part) => part.name === name));
if (unknown !== undefined) {
  throw new Error(`--only takes some of ${PARTS.map(({ name }) => name).join(', ')}; got "${unknown}".`);
}
const parts = PARTS.filter(({ name }) => wanted === undefined || wanted.includes(name));
const shares = parts.reduce((sum, { share }) => sum + share, 0);
let failed = 0;
for (const part of parts) {
  const startedAt = performance.now();
  const seconds = (Number(options.minutes) * 60 * part.share) / shares;
  const result = await runPart(part, { seed: Number(options.seed), scale: Number(options.scale), seconds });
  const took = ((performance.now() - startedAt) / 1000).toFixed(0);
  const remarks = [result.note, result.missing && `not tried: ${result.missing}`].filter(Boolean).join('; ');
  console.log(
    `${result.defects.length === 0 ? 'held' : 'BROKE'}  ${part.title}: ${result.tried} tried in ${took} s${remarks && ` (${remarks})`}`,
  );
  for (const defect of result.defects.slice(0, 20)) console.log(`       ${defect}`);
  failed += result.defects.length;
}
process.exitCode = failed > 0 ? 1 : 0;
