// `pnpm new clusterer|method|format|kernel NAME`: writes the files of a new thing, and its lines in the tables, so that it
// works, passes the checks, and has its TODOs where the new thing differs.
import { root, run } from '../command.mjs';
import { scaffold, SCAFFOLDS } from './write.mjs';

const [kind = '', name = '', ...more] = process.argv.slice(2);
if (!isKind(kind) || name === '') {
  const lines = Object.entries(SCAFFOLDS).map(([known, { example }]) => `  pnpm new ${known} ${example}`);
  const got = JSON.stringify([kind, name].join(' ').trim());
  console.error(`Say what is new, and its name; got ${got}:\n${lines.join('\n')}`);
  process.exit(2);
}
if (more.length > 0) {
  const names = [name, ...more].map((each) => `"${each}"`).join(', ');
  console.error(`pnpm new takes one name, without spaces; got ${names}. Run it once for each name.`);
  process.exit(2);
}
try {
  const { written, changed, next } = await scaffold(root, kind, name);
  const { code, output } = await run('oxfmt', [...written, ...changed]);
  if (code !== 0) throw new Error(`The files are written, but oxfmt could not format them:\n${output}`);
  for (const path of written) console.log(`wrote    ${path}`);
  for (const path of changed) console.log(`changed  ${path}`);
  for (const sentence of next) console.log(`next     ${sentence}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/**
 * @param {string} text
 * @returns {text is keyof typeof SCAFFOLDS}
 */
function isKind(text) {
  return Object.hasOwn(SCAFFOLDS, text);
}
