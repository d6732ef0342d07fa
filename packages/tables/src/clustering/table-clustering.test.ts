import { createReferenceEngine, DataError, InvalidArgumentError, NO_CLUSTER, StateError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../table/table-of.ts';
import { TableClustering } from './table-clustering.ts';
import { TableClusteringModel } from './table-clustering-model.ts';

const engine = createReferenceEngine();
const clustering = { method: 'kmeans', clusters: 2 } as const;

/** Two groups; row 3 has no values. */
const table = tableOf({
  height: [1, 1.1, 1.2, null, 9, 9.1, 9.2],
  color: ['red', 'red', 'red', null, 'blue', 'blue', 'blue'],
});

describe('TableClustering', () => {
  it('gives each row a label, and none to a row without values', async () => {
    const model = await new TableClustering({ clustering, engine }).fit(table);
    const [a, b] = [model.labels[0], model.labels[4]];
    expect(a).not.toBe(b);
    expect([...model.labels]).toEqual([a, a, a, NO_CLUSTER, b, b, b]);
    expect(model.notes[0]).toMatch(/1 of 7 rows have no value/);
    expect([model.clusters, model.objective.name, model.converged]).toEqual([2, 'inertia', true]);
    expect([...(await model.predict(table))]).toEqual([...model.labels]);
  });

  it('predicts rows of another table, in its order', async () => {
    const model = await new TableClustering({ clustering, engine }).fit(table);
    const more = tableOf({ color: ['blue', 'red'], height: [8.8, 1.3] });
    expect([...(await model.predict(more))]).toEqual([model.labels[4], model.labels[0]]);
  });

  it('weighs rows by a column', async () => {
    const weighed = tableOf({ x: [0, 1, 10, 11], w: [1, 3, 3, 1] });
    const recipe = { weight: 'w', scaling: 'none' } as const;
    const model = await new TableClustering({ clustering, recipe, engine }).fit(weighed);
    const centers = [...(model.clustering.centers?.positions ?? [])].sort((a, b) => a - b);
    expect(centers).toEqual([0.75, 10.25]);
    // What a row counts says nothing about its cluster.
    const predicted = await model.predict(tableOf({ x: [0, 11], w: [-1, null] }));
    expect([...predicted]).toEqual([model.labels[0], model.labels[3]]);
  });

  it('survives being saved', async () => {
    const model = await new TableClustering({ clustering, engine }).fit(table);
    const state = model.toState();
    expect(state.type).toBe('table-kmeans');
    const settings = JSON.parse(JSON.stringify(state.settings)) as typeof state.settings;
    const loaded = TableClusteringModel.fromState({ ...state, settings }, engine);
    expect(loaded.labels).toEqual(model.labels);
    expect(loaded.recipe.toState()).toEqual(model.recipe.toState());
    expect(await loaded.predict(table)).toEqual(model.labels);
    expect(loaded.toState()).toEqual(state);
  });

  it('refuses damaged and foreign states', async () => {
    const state = (await new TableClustering({ clustering, engine }).fit(table)).toState();
    const rows = { data: Uint32Array.of(0, 2, 1, 4, 5, 6), shape: [6] };
    expect(() => TableClusteringModel.fromState({ ...state, tensors: { ...state.tensors, rows } })).toThrow(
      DataError,
    );
    const settings = { ...state.settings, recipe: {} };
    expect(() => TableClusteringModel.fromState({ ...state, settings })).toThrow(
      /damaged: This is not a recipe/,
    );
    expect(() => TableClusteringModel.fromState({ ...state, type: 'kmeans' })).toThrow(
      /not one of table-kmeans/,
    );
  });

  it('checks its settings', async () => {
    expect(() => new TableClustering({ clustering: { method: 'kmeans', clusters: 0 } })).toThrow(
      InvalidArgumentError,
    );
    const recipe = { missing: 'error' } as const;
    await expect(new TableClustering({ clustering, recipe, engine }).fit(table)).rejects.toThrow(DataError);
  });

  it('stops when its signal is aborted', async () => {
    const reason = new StateError('enough');
    const signal = AbortSignal.abort(reason);
    await expect(new TableClustering({ clustering, engine }).fit(table, { signal })).rejects.toBe(reason);
  });
});
