import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The viewer as one script, for pages that are made here. */
export async function viewerScript(): Promise<string> {
  // Resolved as in a published package, from source too: a page carries what a build made.
  return readFile(fileURLToPath(import.meta.resolve('@shoal/viewer/standalone')), 'utf8');
}
