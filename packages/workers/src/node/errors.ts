import { ShoalError } from '@shoal/core';

/** Workers, or what connects them, failed. The message names the worker and the part. */
export class WorkersError extends ShoalError {
  readonly code = 'WORKERS';
}

/** The workers cannot be asked: the address, the server's settings or its version are wrong. */
export class ConnectionError extends ShoalError {
  readonly code = 'CONNECTION';
}
