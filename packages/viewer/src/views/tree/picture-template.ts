import { NO_CLUSTER } from '@shoal/core';
import { nothing, svg, type SVGTemplateResult } from 'lit';
import type { ClusteringData } from '../../data/types.ts';
import type { ViewTree } from '../../data/view-tree.ts';
import type { Color } from '../../render/scatter.ts';
import { cssColor } from '../../theme/oklab.ts';
import { clusterAbove } from '../../tree/branches.ts';
import { MARGIN, px, type TreePicture } from '../../tree/picture.ts';
import { styled } from '../shared/styled.ts';
import { describeBranch } from './describe-branch.ts';
import { hasDrawnParts } from './tree-keys.ts';

/** What the branches of a picture are drawn by. */
export interface BranchesShown {
  readonly data: ClusteringData;
  readonly tree: ViewTree;
  readonly picture: TreePicture;
  /** The cluster that each node is: of the fit, or of a cut. */
  readonly nodeClusters: Uint32Array;
  readonly colors: readonly Color[];
  /** The node that is the tab stop. */
  readonly stop: number;
  /** Number of selected points in each branch, and of all shown ones. */
  readonly selected: Uint32Array;
  readonly all: Uint32Array;
}

/** The branches of a tree, for keyboards and screen readers the items of a tree. */
export function branchesTemplate(shown: BranchesShown): SVGTemplateResult[] {
  const { data, tree, picture, nodeClusters, colors, stop, selected, all } = shown;
  const above = clusterAbove(tree, nodeClusters);
  return picture.branches.map((branch, i) => {
    const { node, depth, place, siblings, path, isFilled, isCollapsed } = branch;
    const isParent = hasDrawnParts(picture.branches, i);
    const color = above[node] === NO_CLUSTER ? undefined : colors.at(above[node]);
    const kind = nodeClusters[node] !== NO_CLUSTER ? 'cluster' : above[node] !== NO_CLUSTER ? 'part' : '';
    return svg`<g role="treeitem" data-node=${node} tabindex=${node === stop ? 0 : -1}
      aria-level=${depth} aria-posinset=${place} aria-setsize=${siblings}
      aria-expanded=${isParent ? 'true' : isCollapsed ? 'false' : nothing}
      aria-selected=${selected[node] > 0 && selected[node] === all[node]}
      aria-label=${describeBranch(data, tree, node)}>
      ${isFilled ? nothing : svg`<path class="reach" d=${path}></path>`}
      <path class="${isFilled ? 'filled' : 'lines'} ${kind}" d=${path}
        ${styled({ '--color': color && cssColor(color) })}></path>
    </g>`;
  });
}

/** The numbers beside a tree. */
export function axisTemplate({ ticks }: TreePicture, width: number): SVGTemplateResult {
  return svg`<g class="axis" aria-hidden="true">
    ${ticks.map(
      ({
        y,
        text,
      }) => svg`<line x1=${MARGIN.left - 4} x2=${width - MARGIN.right} y1=${px(y)} y2=${px(y)}></line>
        <text x=${MARGIN.left - 8} y=${px(y)}>${text}</text>`,
    )}
  </g>`;
}

/** Outlines over the branches. */
export function markTemplate(
  { branches }: TreePicture,
  node: number | undefined,
  kind: 'hover' | 'selected' | 'focus',
): SVGTemplateResult | typeof nothing {
  const path = branches.find((branch) => branch.node === node)?.path;
  return path === undefined ? nothing : svg`<path class="mark ${kind}" d=${path}></path>`;
}
