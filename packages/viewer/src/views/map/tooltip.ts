import { html, nothing, type TemplateResult } from 'lit';
import type { ClusteringData, ImageSet } from '../../data/types.ts';
import { countOf, countValues, firstValues } from '../../interaction/describe.ts';
import { className, clusterName, clusterTag } from '../../interaction/groups.ts';
import { rowOf } from '../../interaction/rows.ts';
import type { Place, Viewport } from '../../render/camera.ts';
import { drawPictures, pictureOf } from '../shared/pictures.ts';
import { styled } from '../shared/styled.ts';

/** Side of the picture in the tooltip, in CSS pixels. */
const PICTURE = 112;
/** CSS pixels between the point and the tooltip. */
const GAP = 14;
/** The most CSS pixels of its width. */
const WIDTH = 320;
/** CSS pixels between the tooltip and the edge of the map. */
const EDGE = 4;

/** The information about a point, beside it on the side with more room. */
export function tooltipTemplate(
  data: ClusteringData,
  point: number,
  { x, y }: Place,
  { width, height }: Viewport,
): TemplateResult {
  const isLeft = x > width / 2;
  const isAbove = y > height / 2;
  const beside = (isLeft ? x : width - x) - GAP - EDGE;
  const room = (isAbove ? y : height - y) + GAP - EDGE;
  return html`<div
    class="tooltip"
    part="tooltip"
    ${styled({
      right: isLeft ? `${width - x + GAP}px` : undefined,
      left: isLeft ? undefined : `${x + GAP}px`,
      bottom: isAbove ? `${Math.max(EDGE, height - y - GAP)}px` : undefined,
      top: isAbove ? undefined : `${Math.max(EDGE, y - GAP)}px`,
      'max-height': `${room}px`,
      'max-width': `${Math.min(WIDTH, beside)}px`,
    })}
  >
    <slot name="tooltip">${content(data, point)}</slot>
  </div>`;
}

function content(data: ClusteringData, point: number): TemplateResult {
  const name = className(data, point);
  const values = firstValues(data, point);
  const columns = countValues(data);
  return html`
    ${data.images === undefined ? nothing : pictureTemplate(data.images, point)}
    <dl>
      <dt>Row</dt>
      <dd>${rowOf(data, point)}</dd>
      <dt>Cluster</dt>
      <dd>
        ${data.labels[point] < data.clusters ? clusterTag(data, data.labels[point]) : clusterName(data, data.labels[point])}
      </dd>
      ${
        name === undefined
          ? nothing
          : html`<dt>Class</dt>
              <dd>${name}</dd>`
      }
      ${values.map(
        ([column, value]) =>
          html`<dt>${column}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    ${
      columns > values.length && values.length > 0
        ? html`<p>and ${countOf(columns - values.length, 'more value')}</p>`
        : nothing
    }
  `;
}

function pictureTemplate(images: ImageSet, point: number): TemplateResult | typeof nothing {
  const picture = pictureOf(images, point);
  if (picture === undefined) return nothing;
  const { width, height } = images;
  const scale = PICTURE / Math.max(width, height);
  return html`<canvas
    ${styled({ width: `${width * scale}px`, height: `${height * scale}px` })}
    ${drawPictures({ width, height, columns: 1, pictures: [picture] })}
  ></canvas>`;
}
