import { ShoalError } from '@shoal/core';

/** Results were refused because their quality differs from that of the contender they are compared with. */
export class RefusedResultsError extends ShoalError {
  readonly code = 'BENCH_REFUSED';
}

/** A process or worker that measures something ended, or answered with an error. */
export class PeerError extends ShoalError {
  readonly code = 'BENCH_PEER';
}
