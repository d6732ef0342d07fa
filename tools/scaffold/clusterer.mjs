/* oxlint-disable max-lines-per-function -- The templates of the files that belong together are read in one piece. */
import { camel, constant, pascal, words } from './names.mjs';

/**
 * A kind of clustering: its estimator, its model and its kind, in a folder of core.
 *
 * @param {string} name
 * @returns {import('./plan.mjs').Plan}
 */
export function planClusterer(name) {
  const folder = `packages/core/src/${name}`;
  const type = pascal(name);
  const state = `${constant(name)}_STATE`;
  return {
    files: {
      [`${folder}/options.ts`]: `import type { Engine } from '../engine/engine.ts';

/** Settings of \`${type}\`. */
export interface ${type}Options {
  /** Number of clusters, K: a whole number from 1 to the number of points. */
  readonly clusters: number;
  /** Seed of all random choices, a whole number from 0 to 2^53 - 1; default 0. */
  readonly seed?: number | undefined;
  /** The engine that computes; default the one that \`defaultEngine\` opens. */
  readonly engine?: Engine | undefined;
}
`,
      [`${folder}/estimator.ts`]: `import type { FitOptions } from '../fit-options.ts';
import { kmeans } from '../kmeans/cluster-points.ts';
import type { PointsLike } from '../points-like.ts';
import { requireWholeNumber } from '../validation.ts';
import { ${type}Model } from './model.ts';
import type { ${type}Options } from './options.ts';

/** TODO: what it does, and where it is published. The same points, options and engine always give the same result. */
export class ${type} {
  readonly #options: ${type}Options;

  /** @throws {InvalidArgumentError} when an option is out of range */
  constructor(options: ${type}Options) {
    requireWholeNumber('The number of clusters', options.clusters, 1);
    requireWholeNumber('seed', options.seed ?? 0, 0);
    this.#options = options;
  }

  /**
   * @param points N x D: rows of numbers, \`{ data, columns }\`, a matrix, or points on the engine's device; left unchanged
   * @throws {InvalidArgumentError} when there are fewer points than clusters
   * @throws {DataError} when points are NaN or infinite
   */
  async fit(points: PointsLike, options: FitOptions = {}): Promise<${type}Model> {
    const { clusters, ...place } = this.#options;
    // TODO: the clustering itself. This is k-means.
    return new ${type}Model(await kmeans(points, clusters, { ...place, ...options }));
  }
}
`,
      [`${folder}/model.ts`]: `import type { ClusterModel, Objective } from '../clusterer/clusterer.ts';
import type { Engine } from '../engine/engine.ts';
import type { InferenceOptions } from '../fit-options.ts';
import { KMEANS_STATE, KMeansModel } from '../kmeans/model.ts';
import type { ModelState } from '../model-state.ts';
import type { PointsLike } from '../points-like.ts';
import { StateReader } from '../state-reader.ts';

/** The \`type\` of a saved model. */
export const ${state} = '${name}';

/** Clusters that \`${type}\` found: frozen. */
export class ${type}Model implements ClusterModel {
  readonly #nearest: KMeansModel;

  constructor(nearest: KMeansModel) {
    this.#nearest = nearest;
    Object.freeze(this);
  }

  get clusters(): number {
    return this.#nearest.clusters;
  }

  /** Cluster of each training point, N values. */
  get labels(): Uint32Array {
    return this.#nearest.labels;
  }

  get objective(): Objective {
    return this.#nearest.objective;
  }

  get iterations(): number {
    return this.#nearest.iterations;
  }

  get converged(): boolean {
    return this.#nearest.converged;
  }

  get warnings(): readonly string[] {
    return this.#nearest.warnings;
  }

  /**
   * Cluster of each point, N values.
   *
   * @throws {ShapeError} when the points have another number of columns than the training points
   * @throws {DataError} when points are NaN or infinite
   */
  predict(points: PointsLike, options: InferenceOptions = {}): Promise<Uint32Array> {
    return this.#nearest.predict(points, options);
  }

  /** The model as plain data; \`fromState\` reads it back. */
  toState(): ModelState {
    return { ...this.#nearest.toState(), type: ${state} };
  }

  /** @throws {DataError} when the state is damaged or of another type of model */
  static fromState(state: ModelState, engine?: Engine): ${type}Model {
    new StateReader(state, ${state});
    return new ${type}Model(KMeansModel.fromState({ ...state, type: KMEANS_STATE }, engine));
  }
}
`,
      [`${folder}/kind.ts`]: `import type { ClustererKind } from '../clusterer/clusterer.ts';
import { ${type} } from './estimator.ts';
import { ${state}, ${type}Model } from './model.ts';
import type { ${type}Options } from './options.ts';

/** Settings inside a pipeline or sweep, which decides on seed and engine. */
export type ${type}Settings = Omit<${type}Options, 'seed' | 'engine'>;

/** The kind of clustering that pipelines and sweeps take by its name. */
export const ${camel(name)}Kind: ClustererKind<'${name}', ${type}Settings> = {
  method: '${name}',
  title: '${words(name)}',
  type: ${state},
  swept: {
    withClusters: (settings, clusters) => ({ ...settings, clusters }),
    criteria: () => [],
    scalings: () => [],
  },
  create(settings, place) {
    const estimator = new ${type}({ ...settings, ...place });
    return {
      fit: ({ points, weights }, { signal, onProgress } = {}) =>
        estimator.fit(points, { weights, signal, onProgress }),
    };
  },
  load: (state, engine) => ${type}Model.fromState(state, engine),
};
`,
    },
    insertions: [
      {
        path: 'packages/core/src/clusterer/kinds.ts',
        before: 'import type { ChoiceOf,',
        text: `import { ${camel(name)}Kind } from '../${name}/kind.ts';\n`,
      },
      {
        path: 'packages/core/src/clusterer/kinds.ts',
        array: 'CLUSTERER_KINDS',
        item: `${camel(name)}Kind`,
      },
      {
        path: 'packages/core/src/index.ts',
        before: "export { Pca } from './pca/pca.ts';",
        text: `export { ${type} } from './${name}/estimator.ts';
export { ${camel(name)}Kind, type ${type}Settings } from './${name}/kind.ts';
export { ${type}Model } from './${name}/model.ts';
export type { ${type}Options } from './${name}/options.ts';
`,
      },
    ],
    next: [
      'The tests of every engine now include it, through the table of kinds: pnpm test packages/core.',
      'Test its values against a published implementation: see packages/core/test.',
      `Give it a method of the command when people should reach it there: pnpm new method ${name}.`,
    ],
  };
}
