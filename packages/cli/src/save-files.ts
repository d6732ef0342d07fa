import { writeFolderAtomic, type FolderClaim, type FolderFiles, type FolderKind } from '@shoal/data/node';
import type { CommandContext } from './context.ts';
import { saveFolder, type FolderMovedError } from './save-folder.ts';

interface FilesToSave {
  /** What the folder holds: "sweep". */
  readonly what: string;
  readonly files: FolderFiles;
  readonly kind: FolderKind;
  readonly replace: boolean;
  readonly claim: FolderClaim;
}

/**
 * Writes a result that is a few files, see `saveFolder`, and says where it is.
 *
 * @returns an error to throw in the end, when everything is said, where it could not be written in its own folder
 */
export async function saveFiles(
  folder: string,
  { what, files, kind, replace, claim }: FilesToSave,
  { stderr }: Pick<CommandContext, 'stderr'>,
): Promise<FolderMovedError | undefined> {
  const write = (place: string): Promise<void> =>
    writeFolderAtomic(place, files, place === folder ? { replace, kind, lock: claim } : { kind });
  const { moved } = await saveFolder(folder, what, write);
  if (moved === undefined) stderr(`Wrote ${folder}.`);
  return moved;
}
