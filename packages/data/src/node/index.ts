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
export { readLabelsFile, readPointsFile, type PointsFileOptions } from './points-file.ts';
export type { PublishedImagesOptions as FashionMnistOptions } from './published-images.ts';
export { checkRunFolder, readRun, writeRun, type WriteRunOptions } from './run-folder.ts';
