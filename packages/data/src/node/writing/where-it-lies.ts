import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { absent } from './absent.ts';

/** The absolute path of what a path leads to, with links resolved. */
export async function whereItLies(path: string): Promise<string> {
  return (await realpath(path).catch(absent)) ?? resolve(path);
}
