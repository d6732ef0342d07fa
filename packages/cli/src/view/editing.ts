import { randomBytes } from 'node:crypto';
import { isJsonObject, parseJson } from '@shoal/data';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../exit-codes.ts';
import { nameCluster } from '../tables/name-cluster.ts';

/** Paths by which the page of a run may write; other pages cannot guess them. */
export interface Editing {
  /** The page that writes. */
  readonly page: string;
  /** Takes the name of a cluster. */
  readonly names: string;
  readonly posts: Readonly<Record<string, (body: string) => Promise<void>>>;
}

/** Bytes of the secret in the paths. */
const SECRET_BYTES = 18;

/** Lets a page name the clusters of a run, as `shoal name` does. */
export function editingOf(run: string, context: CommandContext): Editing {
  const page = `/edit/${randomBytes(SECRET_BYTES).toString('base64url')}/`;
  const names = `${page}names`;
  let last: Promise<void> = Promise.resolve();
  return {
    page,
    names,
    posts: {
      // One after another: each reads and writes the same files.
      [names]: (body) => {
        const next = last.then(() => rename(run, body, context));
        last = next.catch(() => undefined);
        return next;
      },
    },
  };
}

/** @throws {UsageError} as `nameCluster` does, and for anything but the number of a cluster and its name */
async function rename(run: string, body: string, context: CommandContext): Promise<void> {
  const given = parseJson(new TextEncoder().encode(body), 'the name');
  const { cluster, name } = isJsonObject(given) ? given : {};
  if (typeof cluster !== 'number' || typeof name !== 'string') {
    throw new UsageError('Send { "cluster": 0, "name": "Gentoo" }.');
  }
  await nameCluster(run, cluster, name.trim(), context);
}
