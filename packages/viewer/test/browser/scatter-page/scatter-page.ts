import { createScatter, type ScatterOptions } from '../../../src/render/create-scatter.ts';
import type { Camera, Color, Scatter, ScatterImages, ScatterStyle } from '../../../src/render/scatter.ts';

/** A scene of a test. */
export interface PlantedScene {
  readonly positions: readonly number[];
  readonly groups?: readonly number[];
  readonly marks?: readonly number[];
  readonly palette?: readonly Color[];
  readonly style?: Partial<ScatterStyle>;
  readonly camera?: Camera;
  readonly images?: Omit<ScatterImages, 'pixels' | 'points'> & {
    readonly pixels: readonly number[];
    readonly points: readonly number[];
  };
  readonly size?: readonly [width: number, height: number];
  readonly ratio?: number;
}

/** Which device draws. */
export type Draws = 'own' | 'own-once' | 'shared' | 'shared-replaced' | 'canvas';

interface ScatterState {
  readonly backend: string;
  readonly description: string;
  readonly markSize: number;
  readonly changes: number;
}

interface ScatterPage {
  /** Draws a scene into a new canvas, the only one in the page. */
  show(scene: PlantedScene, draws: Draws): Promise<ScatterState>;
  /** Draws N points, spread over the picture or all in one place, in groups 0 and 1 alternately. */
  showMany(count: number, spread: boolean, draws: Draws): Promise<ScatterState>;
  /** Draws a scene with positions in a buffer of the shared device. */
  showBuffer(scene: PlantedScene): Promise<ScatterState>;
  move(camera: Camera): Promise<void>;
  /** Loses the device that draws: during a frame, or while nothing is being drawn. */
  lose(when: 'drawing' | 'idle'): Promise<ScatterState>;
  /** The raw bytes of a PNG, red, green, blue, opacity, in base64. */
  decode(png: string): Promise<string>;
  snapshot(): Promise<string>;
  /**
   * Number of buffers and textures on a shared device, and of canvases in the page, after creating and destroying scatters.
   */
  leftAfter(
    times: number,
    scene: PlantedScene,
  ): Promise<{ created: number; alive: number; canvases: number }>;
  /** The error message for something that a scatter cannot draw. */
  refusal(
    what: 'camera' | 'positions' | 'images' | 'size' | 'foreign-buffer' | 'vertex-buffer',
  ): Promise<string>;
}

declare global {
  interface Window {
    scatterPage?: ScatterPage;
  }
}

const WIDTH = 400;
const HEIGHT = 300;
const style: ScatterStyle = {
  background: [255, 255, 255],
  muted: [200, 200, 200],
  accent: [0, 0, 0],
  density: false,
  thumbnails: false,
  pointSize: 20,
};

let scatter: Scatter | undefined;
let device: GPUDevice | undefined;
let changes = 0;

async function newDevice(): Promise<GPUDevice> {
  const adapter = await navigator.gpu.requestAdapter();
  device = await adapter!.requestDevice();
  return device;
}

/** The browser's GPU, which reports created devices to the test. */
const observedGpu = {
  requestAdapter: async () => ({ requestDevice: newDevice }),
} as unknown as GPU;

/** A GPU of which every device except the first is lost before it draws anything. */
function failingGpu(): GPU {
  let devices = 0;
  const requestDevice = async () => {
    const made = await newDevice();
    if (devices++ > 0) made.destroy();
    return made;
  };
  return { requestAdapter: async () => ({ requestDevice }) } as unknown as GPU;
}

async function optionsFor(draws: Draws): Promise<ScatterOptions> {
  const onChange = () => {
    changes++;
  };
  if (draws === 'canvas') return { onChange };
  if (draws === 'own') return { gpu: observedGpu, onChange };
  if (draws === 'own-once') return { gpu: failingGpu(), onChange };
  const onLost = draws === 'shared-replaced' ? newDevice : undefined;
  return { device: await newDevice(), onChange, onLost };
}

async function open(draws: Draws): Promise<Scatter> {
  scatter?.destroy();
  changes = 0;
  const canvas = document.createElement('canvas');
  document.body.replaceChildren(canvas);
  scatter = await createScatter(canvas, await optionsFor(draws));
  scatter.resize(WIDTH, HEIGHT, 1);
  scatter.setCamera({ x: 0, y: 0, scale: 1 });
  scatter.setPalette([
    [255, 0, 0],
    [0, 0, 255],
  ]);
  scatter.setStyle(style);
  return scatter;
}

function plant(target: Scatter, scene: PlantedScene): void {
  const { positions, groups, marks, palette, camera, images, size, ratio } = scene;
  target.setPositions(Float32Array.from(positions));
  target.setGroups(Uint32Array.from(groups ?? new Array<number>(positions.length / 2).fill(0)));
  target.setStyle({ ...style, ...scene.style });
  if (marks !== undefined) target.setMarks(Uint8Array.from(marks));
  if (palette !== undefined) target.setPalette(palette);
  if (camera !== undefined) target.setCamera(camera);
  if (images !== undefined) {
    target.setImages({
      ...images,
      pixels: Uint8Array.from(images.pixels),
      points: Uint32Array.from(images.points),
    });
  }
  target.resize(size?.[0] ?? WIDTH, size?.[1] ?? HEIGHT, ratio ?? 1);
}

async function state(): Promise<ScatterState> {
  await scatter!.settled();
  const { backend, description, markSize } = scatter!;
  return { backend, description, markSize, changes };
}

function base64(bytes: Uint8Array | Uint8ClampedArray): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function message(action: () => void): string {
  try {
    action();
    return 'nothing';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

window.scatterPage = {
  async show(scene, draws) {
    plant(await open(draws), scene);
    return state();
  },
  async showMany(count, spread, draws) {
    const target = await open(draws);
    const positions = new Float32Array(2 * count);
    if (spread) {
      // A low-discrepancy sequence, which is more even than random points.
      for (let i = 0; i < count; i++) {
        positions[2 * i] = ((i * 0.7548776662466927) % 1) * WIDTH - WIDTH / 2;
        positions[2 * i + 1] = ((i * 0.5698402909980532) % 1) * HEIGHT - HEIGHT / 2;
      }
    } else positions.fill(0.5);
    target.setPositions(positions);
    target.setGroups(Uint32Array.from({ length: count }, (_, i) => i % 2));
    target.setStyle({ ...style, pointSize: 2 });
    return state();
  },
  async showBuffer(scene) {
    const target = await open('shared');
    plant(target, scene);
    const values = Float32Array.from(scene.positions);
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
    const buffer = device!.createBuffer({ size: values.byteLength, usage });
    device!.queue.writeBuffer(buffer, 0, values);
    target.setPositions(new Float32Array());
    target.setPositions(buffer);
    return state();
  },
  async move(camera) {
    scatter!.setCamera(camera);
    await scatter!.settled();
  },
  async lose(when) {
    const lost = device!;
    if (when === 'drawing') {
      scatter!.redraw();
      await new Promise(requestAnimationFrame);
    }
    lost.destroy();
    await lost.lost;
    // The loss is detected after this task.
    await new Promise(requestAnimationFrame);
    return state();
  },
  async decode(png) {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
    context.drawImage(image, 0, 0);
    return base64(context.getImageData(0, 0, image.width, image.height).data);
  },
  async snapshot() {
    const blob = await scatter!.snapshot();
    return base64(new Uint8Array(await blob.arrayBuffer()));
  },
  async leftAfter(times, scene) {
    scatter?.destroy();
    const shared = await newDevice();
    let created = 0;
    let alive = 0;
    const count = <T extends GPUBuffer | GPUTexture>(resource: T): T => {
      created++;
      alive++;
      const destroy = resource.destroy.bind(resource);
      resource.destroy = () => {
        alive--;
        destroy();
      };
      return resource;
    };
    const createBuffer = shared.createBuffer.bind(shared);
    const createTexture = shared.createTexture.bind(shared);
    shared.createBuffer = (descriptor) => count(createBuffer(descriptor));
    shared.createTexture = (descriptor) => count(createTexture(descriptor));
    for (let i = 0; i < times; i++) {
      const canvas = document.createElement('canvas');
      document.body.replaceChildren(canvas);
      const each = await createScatter(canvas, { device: shared });
      plant(each, scene);
      await each.settled();
      each.destroy();
      each.setCamera({ x: 1, y: 1, scale: 1 });
    }
    return { created, alive, canvases: document.querySelectorAll('canvas').length };
  },
  async refusal(what) {
    const target = await open(
      what === 'foreign-buffer' ? 'own' : what === 'vertex-buffer' ? 'shared' : 'canvas',
    );
    switch (what) {
      case 'camera':
        return message(() => {
          target.setCamera({ x: NaN, y: 0, scale: 1 });
        });
      case 'positions':
        return message(() => {
          target.setPositions(new Float32Array(3));
        });
      case 'images':
        return message(() => {
          target.setImages({
            width: 2,
            height: 2,
            pixels: new Uint8Array(7),
            points: Uint32Array.of(0, 1),
          });
        });
      case 'size':
        return message(() => {
          target.resize(-1, 10, 1);
        });
      case 'vertex-buffer': {
        const buffer = device!.createBuffer({ size: 16, usage: GPUBufferUsage.VERTEX });
        return message(() => {
          target.setPositions(buffer);
        });
      }
      case 'foreign-buffer': {
        const buffer = device!.createBuffer({ size: 16, usage: GPUBufferUsage.STORAGE });
        return message(() => {
          target.setPositions(buffer);
        });
      }
    }
  },
};
