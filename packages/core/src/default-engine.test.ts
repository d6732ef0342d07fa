import { afterEach, expect, it } from 'vitest';
import { defaultEngine, setDefaultEngine } from './default-engine.ts';
import { createReferenceEngine } from './engine/reference/index.ts';
import { KMeans } from './kmeans/kmeans.ts';
import { KMeansModel } from './kmeans/model.ts';

const POINTS = [[0], [1], [9]];

afterEach(() => {
  setDefaultEngine(createReferenceEngine);
});

it('is the reference engine in core, and one for the whole process', async () => {
  const engine = await defaultEngine();
  expect(engine.name).toBe('reference');
  expect(await defaultEngine()).toBe(engine);
});

it('is opened once, when something computes without an engine, and not before', async () => {
  let opened = 0;
  const used: string[] = [];
  setDefaultEngine(() => {
    opened += 1;
    const engine = createReferenceEngine();
    const createKMeans = engine.createKMeans.bind(engine);
    engine.createKMeans = (...given) => {
      used.push('default');
      return createKMeans(...given);
    };
    return Promise.resolve(engine);
  });
  const estimator = new KMeans({ clusters: 2 });
  expect(opened).toBe(0);
  const [model] = await Promise.all([estimator.fit(POINTS), estimator.fit(POINTS)]);
  const loaded = KMeansModel.fromState(model.toState());
  await loaded.predict(POINTS);
  expect(opened).toBe(1);
  expect(used).toHaveLength(3);
  await loaded.predict(POINTS, { engine: createReferenceEngine() });
  await new KMeans({ clusters: 2, engine: createReferenceEngine() }).fit(POINTS);
  expect(used).toHaveLength(3);
});

it('is tried again after it could not be opened', async () => {
  let tries = 0;
  setDefaultEngine(() => {
    tries += 1;
    if (tries === 1) throw new Error('not yet');
    return createReferenceEngine();
  });
  const estimator = new KMeans({ clusters: 1 });
  await expect(estimator.fit(POINTS)).rejects.toThrow('not yet');
  await expect(estimator.fit(POINTS)).resolves.toMatchObject({ clusters: 1 });
});

it('is opened again after it was destroyed', async () => {
  const first = await defaultEngine();
  first.destroy();
  await expect(new KMeans({ clusters: 2, engine: first }).fit(POINTS)).rejects.toThrow('destroyed');
  expect((await new KMeans({ clusters: 2 }).fit(POINTS)).inertia).toBe(0.5);
  const second = await defaultEngine();
  expect(second).not.toBe(first);
  first.destroy();
  expect(await defaultEngine()).toBe(second);
});

it.each([
  ['a promise', Promise.resolve(createReferenceEngine()), 'got a Promise'],
  ['a name', 'wasm', 'got a string'],
])('is not taken for %s that is given', async (_, engine, message) => {
  const given = { clusters: 2, engine: engine as never };
  await expect(new KMeans(given).fit(POINTS)).rejects.toThrow(message);
  const model = await new KMeans({ clusters: 2 }).fit(POINTS);
  await expect(model.predict(POINTS, { engine: engine as never })).rejects.toThrow('await openEngine()');
});
