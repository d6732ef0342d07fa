import { html, type TemplateResult } from 'lit';
import type { ViewTree } from '../../data/view-tree.ts';
import { levelAt, levelScale, shareOfLevel } from '../../tree/level-scale.ts';
import { cutAtRadius, cutSplits, mostClusters, type ViewCut } from '../../tree/cut-tree.ts';
import { quantity } from '../shared/format.ts';

/** Steps of the slider of distances. */
const STEPS = 500;
/** The most clusters that the slider has; a number may be typed for more. */
const MAX_ON_SLIDER = 60;

/** What the controls show and do. */
export interface CutControls {
  readonly tree: ViewTree;
  /** Where it is cut; a number of clusters where that of the fit is shown. */
  readonly place: ViewCut['place'];
  readonly onCut: (cut: ViewCut) => void;
}

/** The slider that cuts a tree, with the same value as a number. */
export function cutControls(controls: CutControls): TemplateResult {
  const { tree } = controls;
  return tree.kind === 'condensed-tree' ? distanceControls(controls, tree) : numberControls(controls, tree);
}

function distanceControls(
  { place, onCut }: CutControls,
  tree: Extract<ViewTree, { kind: 'condensed-tree' }>,
): TemplateResult {
  const scale = levelScale(tree, 0);
  const radius = 'radius' in place ? place.radius : undefined;
  const step = radius === undefined ? 0 : Math.round(STEPS * shareOfLevel(scale, 1 / radius));
  return html`<label for="slider">Cut at distance</label>
    <input
      id="slider"
      type="range"
      min="0"
      max=${STEPS}
      .value=${String(step)}
      aria-valuetext=${radius === undefined ? 'not cut' : quantity(radius)}
      @input=${({ target }: Event) => {
        const share = Number((target as HTMLInputElement).value) / STEPS;
        onCut(cutAtRadius(tree, 1 / levelAt(scale, share)));
      }}
    />
    <input
      type="number"
      min="0"
      step="any"
      aria-label="Distance of the cut"
      .value=${radius === undefined ? '' : String(Number(radius.toPrecision(4)))}
      @change=${({ target }: Event) => {
        const { value, valueAsNumber } = target as HTMLInputElement;
        if (value !== '' && valueAsNumber >= 0) onCut(cutAtRadius(tree, valueAsNumber));
      }}
    />`;
}

function numberControls(
  { place, onCut }: CutControls,
  tree: Exclude<ViewTree, { kind: 'condensed-tree' }>,
): TemplateResult {
  const most = mostClusters(tree);
  const wanted = 'clusters' in place ? place.clusters : 1;
  return html`<label for="slider">Clusters</label>
    <input
      id="slider"
      type="range"
      min="1"
      max=${Math.min(most, MAX_ON_SLIDER)}
      .value=${String(wanted)}
      @input=${({ target }: Event) => {
        onCut(cutSplits(tree, Number((target as HTMLInputElement).value)));
      }}
    />
    <input
      type="number"
      min="1"
      max=${most}
      step="1"
      aria-label="Number of clusters"
      .value=${String(wanted)}
      @change=${({ target }: Event) => {
        const { valueAsNumber } = target as HTMLInputElement;
        if (valueAsNumber >= 1) onCut(cutSplits(tree, Math.min(most, Math.floor(valueAsNumber))));
      }}
    />`;
}
