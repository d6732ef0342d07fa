import type { Page } from 'playwright-core';
import type { PlantedPlaces } from './viewer-page/viewer-page.ts';

/** A test's actions on the only map of a page, in units of the map. */
export class MapHand {
  readonly #page: () => Page;

  constructor(page: () => Page) {
    this.#page = page;
  }

  /** Shows points at given places, and waits until they are drawn. */
  async showPlaces(planted: PlantedPlaces, attributes: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.#page().evaluate(
      async ([what, how]) => {
        const viewer = window.viewerPage!.mount(how);
        viewer.data = await window.viewerPage!.places(what);
        await viewer.updateComplete;
        await window.viewerPage!.settled();
      },
      [planted, attributes] as const,
    );
  }

  /** Shows a square grid of points one unit apart, and waits until they are drawn. */
  async showGrid(
    side: number,
    clusters: number,
    attributes: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    await this.#page().evaluate(
      async ([size, groups, how]) => {
        const viewer = window.viewerPage!.mount(how);
        viewer.data = await window.viewerPage!.grid(size, groups);
        await viewer.updateComplete;
        await window.viewerPage!.settled();
      },
      [side, clusters, attributes] as const,
    );
  }

  settled(): Promise<void> {
    return this.#page().evaluate(() => window.viewerPage!.settled());
  }

  /** The place on the page, in CSS pixels, of a place on the map. */
  screen(x: number, y: number): Promise<readonly [number, number]> {
    return this.#page().evaluate(([across, up]) => window.viewerPage!.screen(across, up), [x, y] as const);
  }

  async moveTo(x: number, y: number): Promise<void> {
    await this.#page().mouse.move(...(await this.screen(x, y)));
  }

  async click(x: number, y: number, ...keys: readonly string[]): Promise<void> {
    await this.#holding(keys, async () => {
      await this.#page().mouse.click(...(await this.screen(x, y)));
    });
  }

  /** Drags through places with the button pressed, and optional keys. */
  async drag(places: readonly (readonly [number, number])[], ...keys: readonly string[]): Promise<void> {
    const [start, ...rest] = await Promise.all(places.map(([x, y]) => this.screen(x, y)));
    await this.#holding(keys, async () => {
      const { mouse } = this.#page();
      await mouse.move(...start);
      await mouse.down();
      for (const place of rest) await mouse.move(...place, { steps: 4 });
      await mouse.up();
    });
  }

  async take(tool: 'Move the map' | 'Select in a box' | 'Select with a lasso'): Promise<void> {
    await this.#page().getByRole('button', { name: tool }).click();
  }

  async openLegend(): Promise<void> {
    await this.#page().getByRole('button', { name: 'Legend' }).click();
  }

  /** Opens the menu with what is needed less often. */
  async openMenu(): Promise<void> {
    await this.#page().locator('cluster-viewer-map .menu summary').click();
  }

  selection(): Promise<readonly number[]> {
    return this.#page().evaluate(() => [...document.querySelector('cluster-viewer')!.selection]);
  }

  /** Waits for a text in the live region, which screen readers speak. */
  async hears(words: string | RegExp): Promise<void> {
    await this.#page()
      .locator('cluster-viewer .live')
      .filter({ hasText: words })
      .waitFor({ state: 'attached' });
  }

  async #holding(keys: readonly string[], work: () => Promise<void>): Promise<void> {
    for (const key of keys) await this.#page().keyboard.down(key);
    await work();
    for (const key of keys) await this.#page().keyboard.up(key);
  }
}
