import { NO_COMPONENT, type ResponsibilitySource } from '../mixture/session.ts';
import { hash32 } from '../../random.ts';

/** Fills `out` with the K responsibilities of point `i`. */
export type FillResponsibilities = (i: number, out: Float64Array) => void;

/** The responsibilities a mixture starts from, point by point; see `ResponsibilitySource`. */
export function initialResponsibilities(source: ResponsibilitySource): FillResponsibilities {
  return source.kind === 'labels' ? fromLabels(source.labels) : fromHash(source.seed, source.firstRow ?? 0);
}

function fromLabels(labels: Uint32Array): FillResponsibilities {
  return (i, out) => {
    out.fill(0);
    if (labels[i] !== NO_COMPONENT) out[labels[i]] = 1;
  };
}

function fromHash(seed: number, firstRow: number): FillResponsibilities {
  return (i, out) => {
    let sum = 0;
    for (let k = 0; k < out.length; k++) {
      const index = (Math.imul(firstRow + i, out.length) + k) >>> 0;
      sum += out[k] = (hash32(seed, index) + 0.5) / 0x100000000;
    }
    for (let k = 0; k < out.length; k++) out[k] /= sum;
  };
}
