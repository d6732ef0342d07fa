import { NO_GROUP } from '../layers.ts';
import { USUAL_SIZE, type Color } from '../scatter.ts';
import type { Scene, ScenePart } from '../scene.ts';

/** The points by layer: all of them, or a sample, each in a buffer, so that a change between them writes nothing. */
type List = 'layers' | 'thinned';

/** A scene's points in the form that the kernels read, in buffers that are written again when the scene changes. */
export class SceneBuffers {
  readonly #device: GPUDevice;
  readonly #seen: Record<ScenePart, number> = { positions: -1, groups: -1, palette: -1, sizes: -1 };
  /** The lists of all points and of a sample, as they were last written. */
  readonly #lists: Record<List, Uint32Array | undefined> = { layers: undefined, thinned: undefined };
  #muted: Color | undefined;
  readonly #own = new Map<ScenePart | List, GPUBuffer>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** Uploads the parts that changed. */
  update(scene: Scene): void {
    const { count, positions, groups, palette, layers, style } = scene;
    const moved = this.#isNew(scene, 'positions');
    if (moved && scene.devicePositions === undefined) this.#write('positions', positions);
    // The number of groups must match the number of points.
    if ((this.#isNew(scene, 'groups') || moved) && groups !== undefined) {
      this.#write('groups', lengthened(groups, count));
    }
    if (this.#isNew(scene, 'sizes') || moved) this.#write('sizes', packedSizes(scene.sizes, count));
    const list = listOf(scene);
    if (this.#lists[list] !== layers.points) {
      this.#lists[list] = layers.points;
      this.#write(list, layers.points);
    }
    if (this.#isNew(scene, 'palette') || this.#muted !== style.muted) {
      this.#muted = style.muted;
      this.#write('palette', Uint32Array.from([...palette, style.muted], packed));
    }
  }

  /** The bindings of the kernels, in the order of their slots. */
  bindings(scene: Scene): GPUBuffer[] {
    const own = (part: ScenePart | List) => this.#own.get(part)!;
    return [
      scene.devicePositions ?? own('positions'),
      scene.deviceGroups ?? own('groups'),
      own(listOf(scene)),
      own('palette'),
    ];
  }

  /** Sizes of the points; of any content while they have none. */
  get sizes(): GPUBuffer {
    return this.#own.get('sizes')!;
  }

  destroy(): void {
    for (const buffer of this.#own.values()) buffer.destroy();
    this.#own.clear();
  }

  #isNew(scene: Scene, part: ScenePart): boolean {
    if (this.#seen[part] === scene.versions[part]) return false;
    this.#seen[part] = scene.versions[part];
    return true;
  }

  #write(part: ScenePart | List, data: Float32Array | Uint32Array): void {
    let buffer = this.#own.get(part);
    const size = Math.max(16, data.byteLength);
    if (buffer?.size !== size) {
      buffer?.destroy();
      const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
      buffer = this.#device.createBuffer({ label: `scatter ${part}`, size, usage });
      this.#own.set(part, buffer);
    }
    this.#device.queue.writeBuffer(buffer, 0, data as Uint32Array<ArrayBuffer>);
  }
}

function listOf({ isThinned }: Scene): List {
  return isThinned ? 'thinned' : 'layers';
}

/** The groups of all points; points without a group get one outside of every palette. */
function lengthened(groups: Uint32Array, count: number): Uint32Array {
  if (groups.length === count) return groups;
  const all = new Uint32Array(count).fill(NO_GROUP);
  all.set(groups.subarray(0, count));
  return all;
}

/** Four sizes to a value; a point beyond them has the usual size. */
function packedSizes(sizes: Uint8Array | undefined, count: number): Uint32Array {
  if (sizes === undefined) return new Uint32Array(1);
  const bytes = new Uint8Array(4 * Math.ceil(count / 4)).fill(USUAL_SIZE);
  bytes.set(sizes.subarray(0, count));
  return new Uint32Array(bytes.buffer);
}

function packed([red, green, blue]: Color): number {
  return (red | (green << 8) | (blue << 16) | (255 << 24)) >>> 0;
}
