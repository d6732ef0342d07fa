/** What a dispatch does at least, as its kernel's design has it. */
export interface DispatchWork {
  /** Floating-point operations; a multiply-add is two. */
  readonly flops: number;
  /** Bytes of device memory read and written. */
  readonly bytes: number;
}
