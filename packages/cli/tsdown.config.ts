import { library } from '../../tools/tsdown.mjs';

export default library(
  { index: 'src/index.ts', bin: 'src/bin.ts', 'column-worker': 'src/reproduce/column-worker.ts' },
  { platform: 'node' },
);
