import { library } from '../../tools/tsdown.mjs';

export default library(
  { index: 'src/node/index.ts', 'compute-thread': 'src/node/compute-thread.ts' },
  { platform: 'node' },
);
