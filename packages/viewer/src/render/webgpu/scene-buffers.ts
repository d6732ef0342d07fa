import { NO_GROUP } from '../layers.ts';
import type { Color } from '../scatter.ts';
import type { Scene, ScenePart } from '../scene.ts';

/** A scene's points as the kernels read them, in buffers that are written again when the scene has changed. */
export class SceneBuffers {
  readonly #device: GPUDevice;
  readonly #seen: Record<ScenePart, number> = { positions: -1, groups: -1, palette: -1, marks: -1 };
  #muted: Color | undefined;
  readonly #own = new Map<ScenePart, GPUBuffer>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** Takes over what has changed. */
  update(scene: Scene): void {
    const { count, positions, groups, palette, marks, style } = scene;
    // The number of points decides how long the other two are.
    const points = this.#isNew(scene, 'positions');
    if (points && scene.devicePositions === undefined) this.#write('positions', positions);
    if (this.#isNew(scene, 'groups') || points) {
      this.#write(
        'groups',
        groups.length === count ? groups : lengthened(groups, new Uint32Array(count).fill(NO_GROUP)),
      );
    }
    if (this.#isNew(scene, 'marks') || points) {
      // Writes are of whole words.
      this.#write('marks', lengthened(marks, new Uint8Array(Math.ceil(count / 4) * 4)));
    }
    if (this.#isNew(scene, 'palette') || this.#muted !== style.muted) {
      this.#muted = style.muted;
      this.#write('palette', Uint32Array.from([...palette, style.muted], packed));
    }
  }

  /** What the kernels bind, in the order of their slots. */
  bindings(scene: Scene): GPUBuffer[] {
    const positions = scene.devicePositions ?? this.#own.get('positions')!;
    return [positions, this.#own.get('groups')!, this.#own.get('marks')!, this.#own.get('palette')!];
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

  #write(part: ScenePart, data: Float32Array | Uint32Array | Uint8Array): void {
    let buffer = this.#own.get(part);
    const size = Math.max(16, data.byteLength);
    if (buffer?.size !== size) {
      buffer?.destroy();
      const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
      buffer = this.#device.createBuffer({ label: `scatter ${part}`, size, usage });
      this.#own.set(part, buffer);
    }
    this.#device.queue.writeBuffer(buffer, 0, data as Uint8Array<ArrayBuffer>);
  }
}

/** `values` as far as there is room in `room`, which has what follows them. */
function lengthened<T extends Uint32Array | Uint8Array>(values: T, room: T): T {
  room.set(values.subarray(0, room.length));
  return room;
}

function packed([red, green, blue]: Color): number {
  return (red | (green << 8) | (blue << 16) | (255 << 24)) >>> 0;
}
