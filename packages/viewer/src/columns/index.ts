export { columnGrouping } from './column-grouping.ts';
export { ScaleLegend } from './scale-legend.ts';
