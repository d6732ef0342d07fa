import { Dbscan, dbscanKind } from '@shoal/core';
import { DBSCAN, scalingOf } from './clusterings.ts';
import { fitted, type Method } from './method.ts';

export const dbscanMethod: Method = {
  name: DBSCAN.name,
  title: DBSCAN.title,
  options: [...DBSCAN.options, 'scaling'],
  findsClusters: DBSCAN.findsClusters,
  async fit({ points }, options, { engine }, watching) {
    const settings = { ...DBSCAN.choose(options), scaling: scalingOf(options), engine };
    return fitted(await new Dbscan(settings).fit(points, watching));
  },
  type: dbscanKind.type,
  load: (state, { engine }) => Promise.resolve(dbscanKind.load(state, engine)),
};
