/** Run folders and safetensors without the other formats, for pages that show a run. Published as `@shoal/data/run`. */
export { FormatError, MissingFileError, type FileLocation } from '../errors.ts';
export { isJsonObject, parseJson } from '../formats/json.ts';
export {
  readSafetensors,
  safetensorsPieces,
  writeSafetensors,
  type SafetensorsFile,
} from '../formats/safetensors.ts';
export { nestModelStates, partOfModelState } from '@shoal/core/model-kit';
export { decodeRun, encodeRun, RUN_FILES, type Run } from './run.ts';
