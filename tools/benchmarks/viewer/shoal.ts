import { createScatter } from '../../../packages/viewer/src/render/create-scatter.ts';
import type { Color } from '../../../packages/viewer/src/render/scatter.ts';
import type { Contender } from './contender.ts';
import { HEIGHT, PALETTE, POINT_SIZE, WIDTH } from './points.ts';

export const shoal: Contender = async (place, { positions, groups }) => {
  const canvas = document.createElement('canvas');
  place.replaceChildren(canvas);
  const scatter = await createScatter(canvas, { gpu: navigator.gpu });
  const scale = HEIGHT / 2;
  scatter.resize(WIDTH, HEIGHT, 1);
  scatter.setPalette(PALETTE.map(colorOf));
  scatter.setGroups(groups);
  scatter.setPositions(positions);
  scatter.setStyle({
    pointSize: POINT_SIZE,
    background: [255, 255, 255],
    muted: [205, 208, 214],
    accent: [20, 20, 20],
    density: false,
    thumbnails: false,
  });
  scatter.setCamera({ x: 0, y: 0, scale });
  await scatter.settled();
  return {
    description: `${scatter.backend}, ${scatter.description}`,
    async move(x, y) {
      scatter.setCamera({ x, y, scale });
      await scatter.settled();
    },
    destroy() {
      scatter.destroy();
    },
  };
};

function colorOf(hex: string): Color {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return [red, green, blue];
}
