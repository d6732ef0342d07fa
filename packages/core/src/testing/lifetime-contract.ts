import type { Engine } from '../engine/engine.ts';
import type { KMeansSession } from '../engine/kmeans/session.ts';
import type { GraphLayoutOptions, SparseGraph } from '../engine/layout/session.ts';
import type { GaussianMixtureSession } from '../engine/mixture/session.ts';
import { GaussianMixture } from '../gmm/gaussian-mixture.ts';
import { KMeans } from '../kmeans/kmeans.ts';
import type { DeviceMatrix, Matrix } from '../matrix.ts';
import { Pca } from '../pca/pca.ts';
import { assert, assertRejects } from './assertions.ts';
import { blobs } from './datasets.ts';

/** One promise about the end of an engine; it opens engines of its own, since it destroys them. */
export interface LifetimeCase {
  readonly name: string;
  /** @throws {ContractViolation} when the engine breaks the promise */
  readonly run: (open: () => Promise<Engine>) => Promise<void>;
}

const { points } = blobs(90, 3, 3, 1, 5);
const KMEANS = { clusters: 3 } as const;
const MIXTURE = { components: 3, covarianceType: 'diag', regCovar: 1e-3 } as const;
const NEIGHBORS = { neighbors: 4 } as const;
const SPANNING = { minSamples: 4 } as const;
const LAYOUT: GraphLayoutOptions = {
  dimensions: 1,
  a: 1,
  b: 1,
  repulsion: 1,
  negatives: 1,
  learningRate: 1,
  steps: 4,
  seed: 1,
};
/** Two vertices that pull each other. */
const GRAPH: SparseGraph = {
  offsets: Uint32Array.of(0, 1, 2),
  targets: Uint32Array.of(1, 0),
  rates: Uint32Array.of(0x10000, 0x10000),
};
const PLACES = Float32Array.of(0, 1);

/** A session and all its calls. */
interface OpenSession {
  readonly session: Disposable;
  readonly calls: readonly (() => Promise<unknown>)[];
}

/** The call, of sessions whose engine has a device. */
function labelsOnDevice(
  session: Pick<KMeansSession | GaussianMixtureSession, 'labelsOnDevice'>,
): readonly (() => Promise<unknown>)[] {
  return session.labelsOnDevice === undefined ? [] : [async () => session.labelsOnDevice?.()];
}

/** Opens each kind of session. */
const SESSIONS: Readonly<Record<string, (engine: Engine) => Promise<OpenSession>>> = {
  'k-means session': async (engine) => {
    const session = await engine.createKMeans(points, KMEANS);
    const calls = [
      () => session.columnMoments(),
      () => session.readRows(Uint32Array.of(0)),
      () => session.resetSeeds(),
      () => session.seedPotentials(Uint32Array.of(0)),
      () => session.addSeeds(Uint32Array.of(0)),
      () => session.seedWeights(),
      () => session.sampleRows(Float64Array.of(0.5)),
      () => session.drawSeeds(Float64Array.of(0.5), 1),
      () => session.writeCentroids(new Float32Array(9)),
      () => session.readCentroids(),
      () => session.step(1, 0),
      () => session.assign(),
      () => session.readLabels(),
      ...labelsOnDevice(session),
      () => session.readDistances(),
      () => session.readSums(),
      () => session.distancesToCentroids(0, 1),
    ];
    return { session, calls };
  },
  'mixture session': async (engine) => {
    const session = await engine.createGaussianMixture(points, MIXTURE);
    await session.initialize({ kind: 'random', seed: 1 });
    const parameters = await session.readParameters();
    const calls = [
      () => session.initialize({ kind: 'random', seed: 1 }),
      () => session.writeParameters(parameters),
      () => session.readParameters(),
      () => session.step(1, 0),
      () => session.evaluate(),
      () => session.readLabels(),
      ...labelsOnDevice(session),
      () => session.readLogLikelihoods(),
      () => session.responsibilities(0, 1),
    ];
    return { session, calls };
  },
  'product session': async (engine) => {
    const session = await engine.createMatrixProducts(points);
    const calls = [
      () => session.columnMoments(),
      () => session.writeShift(new Float64Array(3)),
      () => session.multiply(new Float64Array(3), 1, 0, 1),
      () => session.gram(new Float64Array(3), 1),
    ];
    return { session, calls };
  },
  'neighbor search': async (engine) => {
    const session = await engine.createNeighborSearch(points, NEIGHBORS);
    const calls = [() => session.nearestToRows(0, 1), () => session.nearestTo(points)];
    return { session, calls };
  },
  'spanning session': async (engine) => {
    const session = await engine.createSpanning(points, SPANNING);
    const calls = [
      () => session.coreSquares(),
      () =>
        session.leastEdges(
          Uint32Array.from({ length: 90 }, (_, i) => i % 2),
          2,
        ),
      () => session.countWithin(1),
      () => session.joinWithin(1, new Uint8Array(90)),
    ];
    return { session, calls };
  },
  'graph layout': async (engine) => {
    const session = await engine.createGraphLayout(GRAPH, PLACES, LAYOUT);
    const calls = [() => session.step(1), () => session.readPositions()];
    return { session, calls };
  },
};

const FITS: Readonly<Record<string, (engine: Engine) => Promise<Predictor>>> = {
  'k-means': (engine) => new KMeans({ clusters: 3, engine }).fit(points),
  'a mixture': (engine) => new GaussianMixture({ clusters: 3, engine }).fit(points),
  'principal components': async (engine) => {
    const model = await new Pca({ components: 2, engine }).fit(points);
    return { predict: (rows) => model.transform(rows) };
  },
};

interface Predictor {
  predict(points: Matrix): Promise<unknown>;
}

/** What every engine promises about being used after its end: every call rejects with a `StateError`. */
export const lifetimeContract: readonly LifetimeCase[] = [
  ...Object.entries(SESSIONS).flatMap(([what, open]): LifetimeCase[] => [
    {
      name: `lifetime: a destroyed engine opens no ${what}`,
      async run(openEngine) {
        const engine = await openEngine();
        engine.destroy();
        await assertStateError(() => open(engine), what);
      },
    },
    {
      name: `lifetime: a ${what} ends with its engine`,
      async run(openEngine) {
        const engine = await openEngine();
        const { calls } = await open(engine);
        engine.destroy();
        for (const call of calls) await assertStateError(call, String(call));
      },
    },
    {
      name: `lifetime: a ${what} ends with the block that uses it`,
      async run(openEngine) {
        const engine = await openEngine();
        const { session, calls } = await open(engine);
        session[Symbol.dispose]();
        for (const call of calls) await assertStateError(call, String(call));
        engine.destroy();
      },
    },
  ]),
  ...Object.entries(FITS).map(([what, fit]): LifetimeCase => ({
    name: `lifetime: a destroyed engine fits and applies no ${what}`,
    async run(openEngine) {
      const engine = await openEngine();
      const model = await fit(engine);
      engine.destroy();
      await assertStateError(() => fit(engine), 'fit');
      await assertStateError(() => model.predict(points), 'predict');
    },
  })),
  {
    name: 'lifetime: a fit whose engine is destroyed meanwhile is done or ends in StateError',
    async run(openEngine) {
      for (const delay of [0, 5]) {
        const engine = await openEngine();
        const fit = new KMeans({ clusters: 3, engine, nInit: 20 }).fit(points);
        const outcome = fit.then(
          () => 'STATE',
          (error: unknown) => (error as { readonly code?: unknown }).code,
        );
        await new Promise((resolve) => setTimeout(resolve, delay));
        engine.destroy();
        assert((await outcome) === 'STATE', `expected STATE, got ${String(await outcome)}.`);
      }
    },
  },
  {
    name: 'lifetime: an engine that gave up what it kept computes the same, and a session that is alive goes on',
    async run(openEngine) {
      using engine = await openEngine();
      const fit = async () => (await new KMeans({ clusters: 3, engine }).fit(points)).toState().tensors;
      const before = JSON.stringify(await fit());
      using alive = await engine.createKMeans(points, KMEANS);
      engine.trim?.();
      await alive.columnMoments();
      alive.destroy();
      engine.trim?.();
      assert(JSON.stringify(await fit()) === before, 'the fit after trim() differs from the one before.');
    },
  },
  {
    name: 'lifetime: an engine ends with the block that uses it',
    async run(openEngine) {
      const engine = await openEngine();
      engine[Symbol.dispose]();
      await assertStateError(() => engine.createKMeans(points, KMEANS), 'createKMeans');
    },
  },
  {
    name: 'lifetime: a destroyed engine neither scales nor downloads, and is destroyed twice without harm',
    async run(openEngine) {
      const engine = await openEngine();
      engine.destroy();
      engine.destroy();
      const elsewhere: DeviceMatrix = {
        location: 'device',
        engine: engine.name,
        rows: 1,
        columns: 1,
        handle: {},
        destroy: () => undefined,
        [Symbol.dispose]: () => undefined,
      };
      await assertStateError(() => engine.scaleRows(elsewhere, { kind: 'unit' }), 'scaleRows');
      await assertStateError(() => engine.download(elsewhere), 'download');
    },
  },
];

/** The error says what was destroyed and what to do, for it may be all that a user sees. */
async function assertStateError(work: () => Promise<unknown>, what: string): Promise<void> {
  const error = await assertRejects(work, 'STATE', what);
  const { message } = error as Error;
  assert(/destroyed.*create a new one/.test(message), `${what}: an unclear message: "${message}".`);
}
