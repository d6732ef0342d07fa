import { createHash } from 'node:crypto';
import { tableOf } from '@shoal/tables';
import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { buildClustering } from '../data/build-clustering.ts';
import { decodeImages, decodeView } from '../data/decode-view.ts';
import { escapeHtml, escapeScript } from './html.ts';
import { packBytes, unpackBytes } from './packed.ts';
import { renderReport } from './render-report.ts';
import type { Report, ReportSection } from './types.ts';
import { viewerPage } from './viewer-page.ts';

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror="alert(1)">'&`;

async function report(): Promise<Report> {
  const images = { width: 1, height: 1, pixels: Uint8Array.of(1, 2, 3), points: Uint32Array.of(0, 1, 2) };
  const data = {
    ...(await buildClustering({
      labels: [0, 0, 1],
      points: [[1], [2], [3]],
      classes: { labels: [0, 1, 1], names: [HOSTILE, 'b'] },
      title: HOSTILE,
      notes: [HOSTILE],
    })),
    images,
  };
  return {
    title: HOSTILE,
    lead: [HOSTILE],
    sections: [
      {
        heading: HOSTILE,
        paragraphs: [HOSTILE],
        tables: [{ caption: HOSTILE, head: [HOSTILE], rows: [[HOSTILE, HOSTILE]] }],
        matrices: [{ caption: HOSTILE, rows: [HOSTILE], columns: [HOSTILE], counts: [[7]] }],
        views: [
          { heading: HOSTILE, data },
          { heading: HOSTILE, data },
        ],
      },
    ],
    footer: HOSTILE,
  };
}

function block(html: string, id: string): string {
  return new RegExp(`<script type="application/octet-stream" id="${id}">([^<]*)</script>`).exec(html)![1];
}

describe('renderReport', () => {
  it('treats all its contents as text', async () => {
    const html = await renderReport(await report(), 'run()');
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<script>alert');
    expect(html.match(/<script/g)).toHaveLength(4);
    expect(html).toContain(escapeHtml(HOSTILE));
  });

  it('runs only its own script, and loads nothing', async () => {
    const html = await renderReport(await report(), 'run("</script>")');
    const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(html)!;
    const [, script] = /<script type="module">(.*)<\/script>/.exec(html)!;
    expect(script).toBe('run("\\x3c/script>")');
    const hash = createHash('sha256').update(script).digest('base64');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src 'sha256-${hash}'`);
    expect(policy).not.toMatch(/connect-src|https?:/);
    expect(html).not.toMatch(/\b(?:src|href)="(?!data:,")/);
  });

  it('contains the data of its views, and shared images only once', async () => {
    const { sections } = await report();
    const html = await renderReport(await report(), '');
    const [{ data }] = sections[0].views!;
    const view = decodeView(await unpackBytes(block(html, 'view-1')));
    expect(view).toEqual({ ...data, points: undefined, images: undefined });
    expect(decodeImages(await unpackBytes(block(html, 'images-0')), 3)).toEqual(data.images);
    expect(html).not.toContain('id="images-1"');
  });
});

describe('the overview of a report', () => {
  async function pageOf(input: Parameters<typeof buildClustering>[0]): Promise<string> {
    const overview = await buildClustering(input);
    const html = await renderReport({ title: '', lead: [], footer: '', overview, sections: [] }, '');
    return html.replaceAll(/<script type="application.*?<\/script>/gs, '');
  }

  it('has a map, a table and cards that need no script', async () => {
    const page = await pageOf({ labels: [0, 0, 1], points: [[1], [2], [3]] });
    const [, table] = /<table class="clusters">(.*?)<\/table>/s.exec(page)!;
    expect(table.match(/<tr>/g)).toHaveLength(3);
    // The largest cluster first: two of three rows.
    expect(table).toMatch(/Cluster 0<\/th><td data-head="Rows">2<\/td><td data-head="Share">66\.7%<\/td>/);
    expect(page.match(/<figure class="map">/g)).toHaveLength(1);
    expect(page.match(/h0/g)).toHaveLength(3);
    expect(page.match(/<div class="card">/g)).toHaveLength(2);
    expect(page).toContain('<noscript><style>.paper { display: block; }');
  });

  it('gives an example of each cluster by the columns that set it apart', async () => {
    const table = tableOf({ name: ['Ann', 'Bob', 'Cid', 'Dot'], age: [20, 21, 70, 72] });
    const page = await pageOf({ labels: [0, 0, 1, 1], points: [[20], [21], [70], [72]], table });
    expect(page).toContain('Row 0: name Ann, age 20');
    expect(page).toContain('age: 71, others 20.5');
  });

  it('shows pictures of a cluster: its centroid and the nearest points', async () => {
    const pixels = Uint8Array.of(0, 255, 0, 255, 10, 20, 30, 40);
    const images = { width: 2, height: 2, pixels };
    const page = await pageOf({ labels: [0, 1], points: [[0], [1]], images });
    const [, png] = /<img class="strip" src="data:image\/png;base64,([^"]*)"/.exec(page)!;
    const { width, height, channels, data } = decode(Buffer.from(png, 'base64'));
    // Two pictures of 2 x 2 with a gap of two white pixels.
    expect({ width, height, channels }).toEqual({ width: 6, height: 2, channels: 1 });
    expect([...data]).toEqual([0, 255, 255, 255, 0, 255, 0, 255, 255, 255, 0, 255]);
  });

  it('is bounded for any number of points, clusters and classes', async () => {
    const labels = Array.from({ length: 20_000 }, (_, i) => i % 5000);
    const classes = { labels: labels.map((label) => label % 500) };
    const pixels = Uint8Array.from({ length: 20_000 * 64 }, (_, i) => (i * i) % 251);
    const images = { width: 8, height: 8, pixels };
    const points = labels.map((label, i) => [label, i % 7]);
    const overview = await buildClustering({ labels, points, classes, images, mostImages: 4000 });
    const html = await renderReport({ title: '', lead: [], footer: '', overview, sections: [] }, '');
    const page = html.replaceAll(/<script type="application.*?<\/script>/gs, '');
    expect(page.length).toBeLessThan(400_000);
    expect(page).toContain('The 100 largest of 5,000 clusters');
    expect(html.length).toBeLessThan(3_000_000);
  });
});

describe('the parts of a section', () => {
  it('explains scores, hides details behind a click, and draws bars', async () => {
    const section: ReportSection = {
      heading: 'Scores',
      scores: [{ name: 'ARI', values: [{ of: 'test', value: '0.5' }], meaning: 'Pairs.' }],
      charts: [
        {
          caption: 'Bars',
          groups: [
            {
              name: 'Task',
              bars: [
                { name: 'study', value: 0.25, text: '0.250', isReference: true },
                { name: 'ours', value: 1.5, text: '1.500' },
              ],
            },
          ],
        },
      ],
      details: {
        summary: 'More',
        tables: [{ caption: 'All', head: ['', 'value', 'why'], rows: [['a', '1.5', 'words']] }],
      },
    };
    const html = await renderReport({ title: '', lead: [], footer: '', sections: [section] }, '');
    expect(html).toContain(
      '<dt>ARI</dt><dd class="value">0.5 <small>test</small></dd><dd class="note">Pairs.</dd>',
    );
    expect(html).toContain('<i class="bar rest" style="width:25.0%"></i></td><td>0.250</td>');
    expect(html).toContain('<i class="bar" style="width:100.0%"></i></td><td>1.500</td>');
    expect(html).toMatch(/<details><summary>More<\/summary>.*<td>1\.5<\/td><td class="words">words<\/td>/);
  });
});

describe('viewerPage', () => {
  it('treats the name of a folder as text', () => {
    expect(viewerPage(HOSTILE, 'viewer.js', 'run/')).toContain(`<title>${escapeHtml(HOSTILE)}</title>`);
  });
});

describe('escapeScript', () => {
  it('leaves no tag for the HTML parser, and keeps the program the same', () => {
    const program = 'return "</script ><SCRIPT>" + `<!--</Script>` + (1<2)';
    const escaped = escapeScript(program);
    expect(escaped).not.toMatch(/<\/?script/i);
    // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-call
    expect(new Function(escaped)()).toBe('</script ><SCRIPT><!--</Script>true');
  });

  it('does not change code that only looks like a tag', () => {
    expect(escapeScript('a<scripts.length;b<script;c<!--d')).toBe('a<scripts.length;b<script;c<!--d');
  });
});

describe('packBytes', () => {
  it.each([0, 1, 100_000])('restores %d bytes', async (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * i) % 251);
    const text = await packBytes(bytes);
    expect(text).toMatch(/^[A-Za-z0-9+/]*={0,2}$/);
    expect(await unpackBytes(text)).toEqual(bytes);
  });

  it('rejects truncated text', async () => {
    const text = await packBytes(Uint8Array.from({ length: 1000 }, (_, i) => (i * i) % 251));
    await expect(unpackBytes(text.slice(0, 40))).rejects.toThrow();
  });
});
