/** The least work of a dispatch, by the design of its kernel. */
export interface DispatchWork {
  /** Floating-point operations; a multiply-add is two. */
  readonly flops: number;
  /** Bytes of device memory read and written. */
  readonly bytes: number;
}
