import createScatterplot from 'peer:regl-scatterplot';
import type { Contender } from './contender.ts';
import { HEIGHT, PALETTE, POINT_SIZE, WIDTH } from './points.ts';

/** regl-scatterplot on WebGL. It reports when it has requested a frame; reading a pixel waits until that is drawn. */
export const regl: Contender = async (place, { positions, groups }) => {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: WIDTH, height: HEIGHT });
  Object.assign(canvas.style, { width: `${WIDTH}px`, height: `${HEIGHT}px`, display: 'block' });
  place.replaceChildren(canvas);
  const plot = createScatterplot({
    canvas,
    width: WIDTH,
    height: HEIGHT,
    pointSize: POINT_SIZE,
    pointColor: PALETTE,
    colorBy: 'valueA',
    opacity: 0.5,
    backgroundColor: [1, 1, 1, 1],
  });
  const finish = (): void => {
    const gl = plot.get('regl')._gl;
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  };
  const column = (axis: number): Float32Array => Float32Array.from(groups, (_, i) => positions[2 * i + axis]);
  await plot.draw({ x: column(0), y: column(1), valueA: groups });
  finish();
  return {
    description: 'WebGL',
    async move(x, y) {
      const drawn = new Promise<void>((resolve) => {
        const subscription = plot.subscribe('draw', () => {
          plot.unsubscribe(subscription);
          resolve();
        });
      });
      plot.set({ cameraView: Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -x, -y, 0, 1) });
      await drawn;
      finish();
    },
    destroy() {
      plot.destroy();
    },
  };
};
