/**
 * Puts a new canvas over one whose context cannot be used any more, because a canvas can never change the kind of its
 * context. The old one stays: it gets the pointer's events, and keeps the focus and its names.
 *
 * @returns the new canvas, and a function that removes it
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
