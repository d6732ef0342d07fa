import { library } from '../../tools/tsdown.mjs';

export default library([
  'src/index.ts',
  'src/engine/kit.ts',
  'src/model-kit.ts',
  'src/parts-kit.ts',
  'src/testing/index.ts',
]);
