import type { Request } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';
import { buildClustering } from '../../src/data/build-clustering.ts';
import { encodeView } from '../../src/data/view-file.ts';
import type { Planted } from './viewer-page/viewer-page.ts';

const folder = `${import.meta.dirname}/viewer-page`;
const heaps: Planted = { clusters: 4, each: 30, classNames: ['a', 'b', 'c', 'd'] };

describeInChromium('the viewer', folder, 'viewerPage', {}, (page) => {
  /** Puts a viewer with test data into the page, and waits until it is drawn. */
  const show = (planted: Planted, attributes: Readonly<Record<string, string>> = {}): Promise<void> =>
    page().evaluate(
      async ([what, how]) => {
        const viewer = window.viewerPage!.mount(how);
        viewer.data = await window.viewerPage!.plant(what);
        await viewer.updateComplete;
      },
      [planted, attributes] as const,
    );
  const text = (part: string): Promise<string> =>
    page().locator(`cluster-viewer [part~="${part}"]`).innerText();
  const violations = (): Promise<readonly string[]> => page().evaluate(() => window.viewerPage!.check());

  it('shows its data, also in words', async () => {
    await show({ ...heaps, title: 'Heaps', notes: ['90 of 900 points are shown.'] });
    expect(await text('title')).toBe('Heaps');
    expect(await text('metrics')).toMatch(/Points\s*120\s*Clusters\s*4/);
    expect(await text('notes')).toBe('90 of 900 points are shown.');
    await page().waitForFunction(
      () =>
        window.viewerPage!.find('cluster-viewer', '.live')?.textContent ===
        'Heaps: 120 points in 4 clusters.',
    );
    expect(await page().getByRole('group', { name: 'Heaps', exact: true }).count()).toBe(1);
    expect(await violations()).toEqual([]);
  });

  it('has an empty state, which the page can fill', async () => {
    await page().evaluate(() => {
      window.viewerPage!.mount();
    });
    expect(await text('empty')).toContain('Nothing to show yet');
    expect(await violations()).toEqual([]);
    await page().evaluate(() => {
      const own = document.createElement('p');
      own.slot = 'empty';
      own.textContent = 'Choose a run on the left.';
      document.querySelector('cluster-viewer')?.append(own);
    });
    expect(await page().getByText('Choose a run on the left.').isVisible()).toBe(true);
    expect(await page().getByText('Nothing to show yet').isVisible()).toBe(false);
  });

  it('shows what it loads, cancels for another address, shows errors, and tries again', async () => {
    const view = encodeView(
      await buildClustering({
        labels: [0, 1, 1],
        points: [
          [1, 1],
          [2, 3],
          [4, 5],
        ],
      }),
    );
    let isRepaired = false;
    await page().route('**/slow/**', () => undefined);
    await page().route('**/run/**', (route) =>
      route.fulfill({ body: isRepaired ? Buffer.from(view) : Buffer.from('not a view') }),
    );
    const isSlow = (request: Request): boolean => request.url().includes('/slow/');
    const asked = page().waitForRequest(isSlow);
    const errors = await page().evaluateHandle(() => {
      const messages: string[] = [];
      const viewer = window.viewerPage!.mount({ src: 'slow/' });
      viewer.addEventListener('error', ({ detail }) => messages.push(detail.error.message));
      return messages;
    });
    await page().getByText('Loading slow/').waitFor();
    // The code that reads views is loaded first; the test needs a request that can be canceled.
    await asked;
    expect(await page().getByRole('progressbar').count()).toBe(1);
    expect(await violations()).toEqual([]);

    const given = page().waitForEvent('requestfailed', isSlow);
    await page().evaluate(() => document.querySelector('cluster-viewer')?.setAttribute('src', 'run/'));
    await given;
    await page().getByRole('alert').waitFor();
    const alert = await page().getByRole('alert').innerText();
    expect(alert).toContain('run/ cannot be shown');
    expect(alert).toContain('view.safetensors');
    expect(await errors.jsonValue()).toHaveLength(1);
    expect(await violations()).toEqual([]);

    isRepaired = true;
    await page().getByRole('button', { name: 'Try again' }).click();
    await page().getByRole('tab', { name: 'Clusters' }).waitFor();
    expect(await text('metrics')).toMatch(/Points\s*3\s*Clusters\s*2/);
    expect(await page().getByRole('alert').count()).toBe(0);
    await page().unrouteAll();
  });

  it('reflects its attributes, and replaces invalid ones by the first value', async () => {
    const seen = await page().evaluate(async () => {
      const viewer = window.viewerPage!.mount({
        theme: 'violet',
        view: 'history',
        'color-by': 'class',
        thumbnails: 'off',
      });
      const first = [viewer.theme, viewer.view, viewer.colorBy, viewer.thumbnails, viewer.palette];
      const { outerHTML } = document.createElement('cluster-viewer');
      Object.assign(viewer, {
        theme: 'dark',
        palette: 'colorblind',
        density: true,
        thumbnails: true,
        hash: true,
      });
      await viewer.updateComplete;
      return {
        first,
        outerHTML,
        attributes: Object.fromEntries(Array.from(viewer.attributes, ({ name, value }) => [name, value])),
      };
    });
    expect(seen).toEqual({
      first: ['auto', 'history', 'class', false, 'default'],
      outerHTML: '<cluster-viewer></cluster-viewer>',
      attributes: {
        theme: 'dark',
        view: 'history',
        'color-by': 'class',
        palette: 'colorblind',
        density: '',
        hash: '',
      },
    });
  });

  it('fires typed events, and can be selected from code', async () => {
    const seen = await page().evaluate(async (planted) => {
      const viewer = window.viewerPage!.mount();
      viewer.data = {
        ...(await window.viewerPage!.plant(planted)),
        rows: Uint32Array.from({ length: 120 }, (_, i) => 2 * i),
        total: 240,
      };
      const events: unknown[] = [];
      viewer.addEventListener('selection-change', ({ detail, bubbles, composed }) =>
        events.push([[...detail.points], [...detail.rows], bubbles && composed]),
      );
      viewer.addEventListener('cluster-select', ({ detail }) => events.push(detail.cluster));
      viewer.selection = [7, 3, 999, -1];
      viewer.select([5], 'add');
      viewer.undo();
      viewer.redo();
      viewer.cluster = 2;
      viewer.cluster = 77;
      return { events, selection: [...viewer.selection], cluster: viewer.cluster };
    }, heaps);
    expect(seen.events).toEqual([
      [[3, 7], [6, 14], true],
      [[3, 5, 7], [6, 10, 14], true],
      [[3, 7], [6, 14], true],
      [[3, 5, 7], [6, 10, 14], true],
      2,
      undefined,
    ]);
    expect(seen.selection).toEqual([3, 5, 7]);
    expect(seen.cluster).toBeUndefined();
  });

  it('moves from tab to tab by keyboard', async () => {
    await show(heaps);
    await page().getByRole('tab', { name: 'Clusters' }).focus();
    await page().keyboard.press('ArrowRight');
    for (const name of ['Columns', 'Filters', 'Rows', 'Selection', 'Confusion']) {
      expect(await page().getByRole('tabpanel', { name }).count()).toBe(1);
      await page().keyboard.press('ArrowRight');
    }
    await page().keyboard.press('End');
    expect(
      await page()
        .getByRole('tab', { name: 'History', selected: true })
        .evaluate((tab) => tab.matches(':focus')),
    ).toBe(true);
    expect(await page().locator('cluster-viewer').getAttribute('view')).toBe('history');
    await page().keyboard.press('Home');
    await page().keyboard.press('Tab');
    expect(
      await page()
        .getByRole('tabpanel', { name: 'Clusters' })
        .evaluate((panel) => panel.matches(':focus')),
    ).toBe(true);
  });

  it('is light or dark by the reader’s preference, the attribute, or the page’s own colors', async () => {
    const background = (): Promise<string> =>
      page()
        .locator('cluster-viewer [part~=viewer]')
        .evaluate((frame) => getComputedStyle(frame).backgroundColor);
    const swatch = (): Promise<string> =>
      page()
        .locator('.card .swatch')
        .first()
        .evaluate((dot) => getComputedStyle(dot).backgroundColor);
    await page().emulateMedia({ colorScheme: 'light' });
    await show(heaps);
    expect(await background()).toBe('rgb(255, 255, 255)');
    const light = await swatch();

    const changed = (from: string): Promise<unknown> =>
      page().waitForFunction((before) => {
        const dot = window.viewerPage!.find('cluster-viewer', 'cluster-viewer-clusters', '.swatch');
        return dot !== undefined && getComputedStyle(dot).backgroundColor !== before;
      }, from);
    await page().emulateMedia({ colorScheme: 'dark' });
    await changed(light);
    const dark = await swatch();
    expect(await background()).toBe('rgb(17, 22, 28)');
    expect(await violations()).toEqual([]);

    await page()
      .locator('cluster-viewer')
      .evaluate((viewer) => {
        viewer.setAttribute('theme', 'light');
      });
    await changed(dark);
    expect(await swatch()).toBe(light);
    await page().addStyleTag({ content: '.night cluster-viewer { --cluster-viewer-background: #102; }' });
    await page().evaluate(() => {
      document.body.classList.add('night');
    });
    await changed(light);
    expect(await swatch()).toBe(dark);
    expect(await background()).toBe('rgb(17, 0, 34)');

    await page()
      .locator('cluster-viewer')
      .evaluate((viewer) => {
        viewer.setAttribute('palette', 'colorblind');
      });
    await changed(dark);
    await page().emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
    await page().evaluate(() => {
      document.body.classList.remove('night');
    });
    expect(await background()).toMatch(/^rgb/);
    await page().emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  });

  it("takes a color from a property of the page's that has the same name as an inner one", async () => {
    await page().addStyleTag({
      content:
        '.own { --accent: rgb(90, 20, 120) } .own cluster-viewer { --cluster-viewer-accent: var(--accent) }',
    });
    await page().evaluate(() => {
      document.body.classList.add('own');
    });
    const chosen = page().locator('cluster-viewer [role=tab][aria-selected=true]');
    expect(await chosen.evaluate((tab) => getComputedStyle(tab).borderBottomColor)).toBe('rgb(90, 20, 120)');
    await page().evaluate(() => {
      document.body.classList.remove('own');
    });
  });

  it('puts the panel below the map where it is narrow', async () => {
    await show(heaps);
    const places = async (): Promise<readonly [number, number]> => {
      const map = (await page().locator('cluster-viewer .body > [part~=map]').boundingBox())!;
      const side = (await page().locator('cluster-viewer [part~=side]').boundingBox())!;
      return [side.x - map.x, side.y - map.y];
    };
    expect((await places())[1]).toBe(0);
    await page().evaluate(() => {
      document.querySelector('cluster-viewer')!.style.width = '400px';
    });
    const [across, along] = await places();
    expect(across).toBe(0);
    expect(along).toBeGreaterThan(100);
    expect((await page().locator('cluster-viewer').boundingBox())!.height).toBe(560);
    expect(await violations()).toEqual([]);
  });

  it.each([
    [1024, 560],
    [1440, 900],
    [1920, 1080],
  ])('gives the map most of its %d x %d pixels', async (width, height) => {
    await page().setViewportSize({ width: width + 20, height: height + 20 });
    await show(heaps, { style: `width: ${width}px; height: ${height}px` });
    const area = async (part: string): Promise<number> => {
      const box = (await page().locator(part).boundingBox())!;
      return box.width * box.height;
    };
    expect(await area('cluster-viewer-map .stage')).toBeGreaterThan(0.6 * (await area('cluster-viewer')));
    // Nothing on a card is cut.
    const cut = await page()
      .locator('cluster-viewer-clusters .card')
      .evaluateAll((cards) => cards.filter((card) => card.scrollWidth > card.clientWidth).length);
    expect(cut).toBe(0);
    await page().setViewportSize({ width: 1280, height: 720 });
  });

  it('has a side that can be dragged, moved by arrows and closed, and shows only the map on request', async () => {
    await show(heaps);
    const side = page().locator('cluster-viewer [part~=side]');
    const width = async (): Promise<number> => (await side.boundingBox())!.width;
    const before = await width();
    const edge = page().getByRole('separator', { name: 'Width of the side' });
    const box = (await edge.boundingBox())!;
    await page().mouse.move(box.x + 4, box.y + 200);
    await page().mouse.down();
    await page().mouse.move(box.x - 96, box.y + 200, { steps: 3 });
    await page().mouse.up();
    expect(await width()).toBeCloseTo(before + 100, -1);
    await edge.focus();
    await page().keyboard.press('ArrowRight');
    expect(await width()).toBeCloseTo(before + 76, -1);
    expect(await violations()).toEqual([]);
    await page().getByRole('button', { name: 'Side' }).click();
    expect(await side.count()).toBe(0);
    expect(await page().locator('cluster-viewer').getAttribute('side')).toBe('closed');
    // Without cards, the legend names the clusters.
    expect(await page().locator('cluster-viewer-legend .toggle').count()).toBe(4);
    await page()
      .locator('cluster-viewer')
      .evaluate((viewer) => {
        viewer.setAttribute('compact', '');
      });
    await page().locator('cluster-viewer [part~=header]').waitFor({ state: 'detached' });
    expect(await violations()).toEqual([]);
  });

  it('keeps its view in the address on request, and shows the view of an address', async () => {
    await show(heaps, { hash: '', id: 'mine' });
    await page().evaluate(() => {
      const viewer = document.querySelector('cluster-viewer')!;
      viewer.view = 'confusion';
      viewer.selection = [3, 5];
      viewer.cluster = 1;
    });
    await page().waitForFunction(() => location.hash.includes('mine.selection=3,5'));
    expect(new URL(page().url()).hash).toMatch(/mine\.view=confusion&mine\.color=cluster&mine\.cluster=1/);

    await page().evaluate(() => {
      location.hash = '#top&mine.view=history&mine.selection=4&mine.color=class&mine.camera=1,1,bad';
    });
    await page().waitForFunction(() => document.querySelector('cluster-viewer')?.view === 'history');
    const seen = await page().evaluate(() => {
      const { selection, cluster, colorBy } = document.querySelector('cluster-viewer')!;
      return { selection: [...selection], cluster, colorBy };
    });
    expect(seen).toEqual({ selection: [4], cluster: undefined, colorBy: 'class' });

    await show(heaps, { hash: '', id: 'mine' });
    await page().waitForFunction(() => document.querySelector('cluster-viewer')?.selection.length === 1);
    await page().evaluate(() => {
      history.replaceState(null, '', location.pathname);
    });
  });

  it('works after it was removed and inserted again, with changes made meanwhile', async () => {
    await show(heaps);
    const seen = await page().evaluate(async (planted) => {
      const viewer = document.querySelector('cluster-viewer')!;
      viewer.remove();
      viewer.data = await window.viewerPage!.plant({ ...planted, clusters: 3, title: 'Others' });
      viewer.cluster = 1;
      document.querySelector('main')!.append(viewer);
      await viewer.updateComplete;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const view = window.viewerPage!.find('cluster-viewer', 'cluster-viewer-clusters');
      return {
        cards: view?.shadowRoot?.querySelectorAll('.card').length,
        current: view?.shadowRoot?.querySelector<HTMLElement>('.card.current')?.dataset['cluster'],
      };
    }, heaps);
    expect(seen).toEqual({ cards: 3, current: '1' });
  });

  it('shows names with markup as text', async () => {
    const bad = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
    await show({
      ...heaps,
      title: bad,
      notes: [bad],
      classNames: [bad, `"${bad}`, "'\u202e", ''],
      history: [{ name: bad, step: bad, values: [1, 2] }],
    });
    for (const view of ['clusters', 'confusion', 'history']) {
      await page()
        .locator('cluster-viewer')
        .evaluate((viewer, name) => {
          viewer.setAttribute('view', name);
        }, view);
      await page().waitForTimeout(50);
      expect(await page().locator('cluster-viewer img, cluster-viewer script').count()).toBe(0);
    }
    expect(await text('title')).toBe(bad);
    expect(await page().evaluate(() => 'hacked' in window)).toBe(false);
  });

  it.each([
    { clusters: 1, each: 0 },
    { clusters: 1, each: 1 },
    { clusters: 0, each: 0 },
  ])('shows $clusters clusters of $each points', async (planted) => {
    for (const view of ['clusters', 'confusion', 'history']) {
      await show({ ...planted, classNames: ['a'] }, { view });
      expect(await text('metrics')).toContain('Points');
      expect(await violations()).toEqual([]);
    }
  });
});
