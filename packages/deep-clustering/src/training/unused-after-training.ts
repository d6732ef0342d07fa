/** The possible reasons for clusters without points in a trained code, for `warnOfUnusedClusters`. */
export const UNUSED_AFTER_TRAINING =
  'there may be fewer distinct points than clusters, or training joined some of them';
