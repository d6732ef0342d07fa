import { matrix, type Matrix } from '../matrix.ts';
import { Random } from '../random.ts';

/** Points far from 0 and the cluster each was drawn from. */
export interface FarPoints {
  readonly name: string;
  readonly points: Matrix;
  readonly classes: Uint32Array;
}

const ROWS = 120;

/** Clusters in one or more columns: where the first lies, how far each next one is from it, and their deviation. */
interface FarClusters {
  readonly name: string;
  /** D values. */
  readonly origin: readonly number[];
  /** Steps from the origin to each cluster, K lists of D values. */
  readonly clusters: readonly (readonly number[])[];
  /** Deviation of each column, D values. */
  readonly deviation: readonly number[];
}

/** Common data that lies far from 0: places, times, prices. In float64 all these clusters are well separated. */
const MEASURED: readonly FarClusters[] = [
  ...[50, 5, 1].map((meters) => ({
    name: `UTM coordinates, ${meters} m apart`,
    origin: [500_000, 4_650_000],
    clusters: [
      [0, 0],
      [meters, 0],
      [0, meters],
    ],
    deviation: [meters / 10, meters / 10],
  })),
  line('unix seconds, 20 minutes apart', 1.7e9, 1200, 120),
  line('unix seconds, days apart', 1.7e9, 86_400, 7200),
  line('unix seconds, 1 minute apart', 1.7e9, 60, 6),
  line('unix milliseconds, 20 minutes apart', 1.7e12, 1.2e6, 1.2e5),
  line('unix milliseconds, 5 seconds apart', 1.7e12, 5000, 500),
  {
    name: 'unix seconds and a value',
    origin: [1.7e9, 3],
    clusters: [
      [0, 0],
      [1200, 1],
      [2400, 0],
    ],
    deviation: [120, 0.3],
  },
  line('prices around 1e9, 80 apart', 1e9, 80, 8),
  line('prices around 1e9, 800 apart', 1e9, 800, 80),
  line('Julian days, 8 hours apart', 2_460_000, 1 / 3, 1 / 30),
  {
    name: 'degrees of longitude and latitude, 100 m apart',
    origin: [13.4, 52.5],
    clusters: [
      [0, 0],
      [0.0015, 0],
      [0, 0.0009],
    ],
    deviation: [0.00015, 0.00009],
  },
];

/** The same clusters, ten deviations apart, farther and farther from 0: from 1e2 to 1e12 deviations. */
const EVER_FARTHER: readonly FarClusters[] = [2, 4, 6, 7, 8, 9, 10, 11, 12].map((power) => ({
  name: `1e${power} deviations from 0`,
  origin: [10 ** power, -(10 ** power)],
  clusters: [
    [0, 0],
    [10, 0],
    [0, 10],
  ],
  deviation: [1, 1],
}));

/** Every set, as float64. */
export function farPoints(): FarPoints[] {
  return [...MEASURED, ...EVER_FARTHER].map(draw);
}

/** Three clusters in one column, equally far from each other. */
function line(name: string, origin: number, apart: number, deviation: number): FarClusters {
  return { name, origin: [origin], clusters: [[0], [apart], [2 * apart]], deviation: [deviation] };
}

function draw({ name, origin, clusters, deviation }: FarClusters): FarPoints {
  const random = new Random(11);
  const columns = origin.length;
  const classes = Uint32Array.from({ length: ROWS }, (_, i) => i % clusters.length);
  const data = new Float64Array(ROWS * columns);
  classes.forEach((k, i) => {
    for (let j = 0; j < columns; j++) {
      data[i * columns + j] = origin[j] + clusters[k][j] + deviation[j] * random.normal();
    }
  });
  return { name, points: matrix(data, ROWS, columns), classes };
}

/** Of classes and points: the means and, K x D x D, the population covariances, about each class's first point. */
export function momentsOfClasses({ points, classes }: FarPoints): { means: number[]; covariances: number[] } {
  const { data, columns } = points;
  const groups = Math.max(...classes) + 1;
  const means: number[] = [];
  const covariances: number[] = [];
  for (let k = 0; k < groups; k++) {
    const members = Array.from(classes.keys()).filter((i) => classes[i] === k);
    const first = data.subarray(members[0] * columns, (members[0] + 1) * columns);
    const offset = Array.from(first, (value, j) =>
      members.reduce((sum, i) => sum + (data[i * columns + j] - value) / members.length, 0),
    );
    means.push(...offset.map((value, j) => first[j] + value));
    for (let a = 0; a < columns; a++) {
      for (let b = 0; b < columns; b++) {
        const sum = members.reduce((total, i) => {
          const left = data[i * columns + a] - first[a] - offset[a];
          return total + left * (data[i * columns + b] - first[b] - offset[b]);
        }, 0);
        covariances.push(sum / members.length);
      }
    }
  }
  return { means, covariances };
}
