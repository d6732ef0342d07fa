import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { absent } from './absent.ts';

/** An absolute path; that of what is there where a link leads to it. */
export async function whereItLies(path: string): Promise<string> {
  return (await realpath(path).catch(absent)) ?? resolve(path);
}
