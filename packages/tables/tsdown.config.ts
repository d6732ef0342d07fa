import { library } from '../../tools/tsdown.mjs';

export default library(['src/index.ts']);
