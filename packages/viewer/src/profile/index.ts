export { clusterFacts, columnFacts, largestFacts } from './column-facts.ts';
export { factBars } from './fact-bars.ts';
