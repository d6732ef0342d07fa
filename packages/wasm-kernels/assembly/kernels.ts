// The kernels' exports. One instance serves one session: the bind functions tell it where the session's
// arrays lie in its memory, the row functions then work through ranges of points.
export { bindPoints, momentRows } from './points';
export {
  addSeedRows,
  assignRows,
  bindAssignment,
  bindSeeding,
  centroidDistanceTile,
  changed,
  inertia,
  seedPotentialRows,
} from './kmeans';
export {
  accumulateTile,
  bindMixture,
  estimateTile,
  evaluateTile,
  logLikelihood,
  prepareTile,
} from './mixture';
