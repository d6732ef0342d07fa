export { writeFileAtomic } from './writing/atomic-file.ts';
export type { WritableContent } from './writing/sync.ts';
export { writeFolderAtomic, type FolderFiles, type FolderOptions } from './writing/atomic-folder.ts';
export { checkWritable } from './writing/check-writable.ts';
export { claimFolder, type FolderClaim } from './writing/claim-folder.ts';
export { checkReplaceable, type FolderKind, type ReplaceOptions } from './writing/folder-kind.ts';
export type { FolderLock } from './writing/folder-lock.ts';
export { recoverFolder, type Recovered } from './writing/recover-folder.ts';
export { cacheFolder } from './data-folders.ts';
export { givenFiles, STANDARD_INPUT } from './given-files.ts';
export { loadFashionMnist } from './fashion-mnist.ts';
export { loadDataset, type LoadDatasetOptions } from './load-dataset.ts';
export { readLabelsFile, readPointsFile, readTableFile } from './points-file.ts';
export { readPartedFile, type PartedFile, type PartedFileOptions } from './parted-file.ts';
export {
  readPartedTable,
  type PartedTable,
  type PartedTableOptions,
} from './parted-table/read-parted-table.ts';
export type { PublishedImagesOptions as FashionMnistOptions } from './published-images.ts';
export { readBytes, type ReadBytesOptions } from './read-bytes.ts';
export {
  checkRunFolder,
  readRun,
  RUN_FOLDER,
  writeRun,
  type ReadRunOptions,
  type WriteRunOptions,
} from './run-folder.ts';
export { writeTableFile } from './write-table-file.ts';
export { writeTablePieces } from './write-table-pieces.ts';
