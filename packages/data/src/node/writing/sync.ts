import { open } from 'node:fs/promises';

/** What a file holds; pieces follow one another. */
export type WritableContent = Uint8Array | string | readonly Uint8Array[];

export function piecesOf(content: WritableContent): readonly (Uint8Array | string)[] {
  return typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
}

/**
 * Writes a new file and waits until the disk has it, because the later rename must not reach the disk before the
 * content.
 */
export async function writeSynced(
  path: string,
  content: WritableContent,
  signal?: AbortSignal,
): Promise<void> {
  const file = await open(path, 'wx');
  try {
    for (const piece of piecesOf(content)) await file.writeFile(piece, { signal });
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Waits until the disk has the names in a folder. Windows and some shared disks do not support that. */
export async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch {
    // Without it, the names are lost only when the machine fails in the next second.
  }
}
