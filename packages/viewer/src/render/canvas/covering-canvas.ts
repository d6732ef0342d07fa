/**
 * Lays a new canvas over one whose context is of no more use: a canvas never changes the kind of its context. The old one
 * stays for those who know it; it gets the pointer's events, and keeps focus and names.
 *
 * @returns the new canvas, and what takes it away again
 */
export function coverCanvas(covered: HTMLCanvasElement): {
  readonly canvas: HTMLCanvasElement;
  readonly uncover: () => void;
} {
  const canvas = covered.ownerDocument.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  const follow = () => {
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = covered;
    canvas.style.cssText =
      `position: absolute; pointer-events: none; left: ${offsetLeft}px; top: ${offsetTop}px; ` +
      `width: ${offsetWidth}px; height: ${offsetHeight}px`;
  };
  const observer = new ResizeObserver(follow);
  observer.observe(covered);
  follow();
  covered.after(canvas);
  return {
    canvas,
    uncover() {
      observer.disconnect();
      canvas.remove();
    },
  };
}
