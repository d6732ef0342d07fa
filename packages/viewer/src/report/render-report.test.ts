import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { buildClustering } from '../data/build-clustering.ts';
import { decodeImages, decodeView } from '../data/decode-view.ts';
import { escapeHtml, escapeScript } from './html.ts';
import { packBytes, unpackBytes } from './packed.ts';
import { renderReport } from './render-report.ts';
import type { Report } from './types.ts';
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
          { heading: HOSTILE, data, table: true },
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

describe('a report without its script', () => {
  it('has a table of the clusters, and a map of each view', async () => {
    const html = await renderReport(await report(), '');
    const [, table] = /<table class="clusters">(.*?)<\/table>/s.exec(html)!;
    expect(table.match(/<tr>/g)).toHaveLength(3);
    // The largest cluster first: two of three rows.
    expect(table).toMatch(/Cluster 0<\/th><td>2<\/td><td>66\.7%<\/td>/);
    expect(html.match(/<figure class="paper">/g)).toHaveLength(2);
    expect(html.match(/h0/g)).toHaveLength(6);
    expect(html).toContain('<noscript><style>.paper { display: block; }');
  });

  it('is bounded for any number of points and clusters', async () => {
    const labels = Array.from({ length: 60_000 }, (_, i) => i % 500);
    const data = await buildClustering({ labels, points: labels.map((label, i) => [label, i % 7]) });
    const view = { heading: 'Many', data, table: true };
    const html = await renderReport(
      { title: '', lead: [], footer: '', sections: [{ heading: '', views: [view] }] },
      '',
    );
    const page = html.replaceAll(/<script type="application.*?<\/script>/gs, '');
    expect(page.length).toBeLessThan(150_000);
    expect(page).toContain('The 100 largest of 500 clusters');
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
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
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
