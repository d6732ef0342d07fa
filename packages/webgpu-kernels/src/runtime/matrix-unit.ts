/** One operation of a device's matrix unit: M x K halves times K x N halves, added to M x N floats. */
export interface MatrixShape {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** The most threads that compute it together. */
  readonly lanes: number;
}

/** The part of `GPUAdapterInfo` about subgroups, which is not in the types yet. */
interface SubgroupInfo {
  readonly subgroupMaxSize?: number;
  readonly subgroupMatrixConfigs?: readonly {
    readonly componentType: string;
    readonly resultComponentType: string;
    readonly M: number;
    readonly N: number;
    readonly K: number;
  }[];
}

/** The largest multiplication of half floats with float32 sums that an adapter offers. */
export function matrixShape(info: SubgroupInfo): MatrixShape | undefined {
  const { subgroupMaxSize: lanes, subgroupMatrixConfigs = [] } = info;
  if (lanes === undefined) return undefined;
  const volume = ({ m, n, k }: MatrixShape): number => m * n * k;
  return [...subgroupMatrixConfigs]
    .filter(
      ({ componentType, resultComponentType }) => componentType === 'f16' && resultComponentType === 'f32',
    )
    .map(({ M: m, N: n, K: k }) => ({ m, n, k, lanes }))
    .reduce<MatrixShape | undefined>(
      (largest, each) => (largest === undefined || volume(each) > volume(largest) ? each : largest),
      undefined,
    );
}
