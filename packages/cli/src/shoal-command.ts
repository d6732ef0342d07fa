import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The command line that starts the built `shoal`, found both from source and from `dist`; undefined when it is not
 * built.
 */
export function shoalCommand(): readonly string[] | undefined {
  const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));
  return existsSync(bin) ? [process.execPath, bin] : undefined;
}
