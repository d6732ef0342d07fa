import { library } from '../../tools/tsdown.mjs';

export default library({ index: 'src/index.ts', 'node/index': 'src/node/index.ts' });
