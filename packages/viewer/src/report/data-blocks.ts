import { encodeImages, encodeView } from '../data/view-file.ts';
import type { ClusteringData, ImageSet } from '../data/types.ts';
import { packBytes } from './packed.ts';

/** Shown in place of a view until it is near enough to be drawn. */
const WAITING = '<p slot="empty">This view is drawn when it comes into sight, by a script in this page.</p>';

/** The data of the views, each in a script element of a type that browsers do not run. */
export class DataBlocks {
  readonly elements: string[] = [];
  readonly #images = new Map<ImageSet, string>();
  #views = 0;

  /** @returns a viewer that shows the data */
  async viewerOf(data: ClusteringData): Promise<string> {
    const images = data.images && ` data-images="${await this.#imagesOf(data.images)}"`;
    const id = `view-${this.#views++}`;
    await this.#push(id, encodeView(data, { images: false }));
    return `<cluster-viewer data-view="${id}"${images ?? ''}>${WAITING}</cluster-viewer>`;
  }

  async #imagesOf(images: ImageSet): Promise<string> {
    const known = this.#images.get(images);
    if (known !== undefined) return known;
    const id = `images-${this.#images.size}`;
    this.#images.set(images, id);
    await this.#push(id, encodeImages(images));
    return id;
  }

  async #push(id: string, bytes: Uint8Array): Promise<void> {
    this.elements.push(
      `<script type="application/octet-stream" id="${id}">${await packBytes(bytes)}</script>`,
    );
  }
}
