import { library } from '../../tools/tsdown.mjs';

export default library(['src/index.ts', 'src/run/index.ts', 'src/node/index.ts']);
