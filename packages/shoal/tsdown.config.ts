import { library } from '../../tools/tsdown.mjs';

export default library({
  index: 'src/index.ts',
  deep: 'src/deep.ts',
  viewer: 'src/viewer.ts',
  'node/index': 'src/node/index.ts',
  'node/deep': 'src/node/deep.ts',
  bin: 'src/bin.ts',
});
