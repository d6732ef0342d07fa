/** What may leave clusters of a trained code without points, for `warnOfUnusedClusters`. */
export const UNUSED_AFTER_TRAINING =
  'there may be fewer distinct points than clusters, or training joined some of them';
