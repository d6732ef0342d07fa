/** A message for screen readers. */
export interface AnnounceDetail {
  readonly message: string;
}

/**
 * Dispatches `announce`: it bubbles to the viewer, whose live region speaks it, and stays within the viewer. Parts of a view
 * must dispatch it again, because it does not leave a shadow tree.
 */
export function announce(target: EventTarget, message: string): void {
  target.dispatchEvent(
    new CustomEvent<AnnounceDetail>('announce', { detail: { message }, bubbles: true, composed: false }),
  );
}
