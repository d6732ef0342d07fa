/** Something for those who hear the page instead of seeing it. */
export interface AnnounceDetail {
  readonly message: string;
}

/**
 * Dispatches `announce`: it bubbles to the viewer, whose live region says it, and stays within it. Parts of a view pass it
 * on, for it does not leave a shadow tree by itself.
 */
export function announce(target: EventTarget, message: string): void {
  target.dispatchEvent(
    new CustomEvent<AnnounceDetail>('announce', { detail: { message }, bubbles: true, composed: false }),
  );
}
