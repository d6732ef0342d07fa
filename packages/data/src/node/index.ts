export {
  checkReplaceable,
  writeFileAtomic,
  writeFolderAtomic,
  type FolderFiles,
  type FolderOptions,
} from './atomic.ts';
export { checkWritable } from './check-writable.ts';
export { cacheFolder } from './data-folders.ts';
export { loadFashionMnist } from './fashion-mnist.ts';
export { loadDataset, type LoadDatasetOptions } from './load-dataset.ts';
export { readLabelsFile, readPointsFile } from './points-file.ts';
export type { PublishedImagesOptions as FashionMnistOptions } from './published-images.ts';
export { readBytes, type ReadBytesOptions } from './read-bytes.ts';
export {
  checkRunFolder,
  readRun,
  writeRun,
  type ReadRunOptions,
  type WriteRunOptions,
} from './run-folder.ts';
