import { writeFolderAtomic, type FolderFiles } from '@shoal/data/node';
import type { CommandContext } from './context.ts';
import type { OutputFolder } from './output-folder.ts';
import { saveFolder, type FolderMovedError } from './save-folder.ts';

/**
 * Writes a result that is a few files, see `saveFolder`, and says where it is.
 *
 * @param what the folder holds: "sweep"
 * @returns an error to throw at the end, after all output, when it could not be written in its own folder
 */
export async function saveFiles(
  { folder, replace, kind, claim }: OutputFolder,
  what: string,
  files: FolderFiles,
  { stderr }: Pick<CommandContext, 'stderr'>,
): Promise<FolderMovedError | undefined> {
  const write = (place: string): Promise<void> =>
    writeFolderAtomic(place, files, place === folder ? { replace, kind, lock: claim } : { kind });
  const { moved } = await saveFolder(folder, what, write);
  if (moved === undefined) stderr(`Wrote ${folder}.`);
  return moved;
}
