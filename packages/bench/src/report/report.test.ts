import { InvalidArgumentError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { contender, report, row } from '../testing/reports.ts';
import {
  absentPeerTexts,
  formatTime,
  noteTexts,
  provenanceTexts,
  refusalTexts,
  shapeText,
} from './format.ts';
import { reportHtml } from './html.ts';
import { reportMarkdown } from './markdown.ts';
import { scalingCells, scalingChart } from './scaling-chart.ts';
import { parseReport } from './schema.ts';
import { kernelTable, resultTable } from './table.ts';

const shoal = contender({ name: 'shoal', role: 'ours', median: 50, gflops: 3, ceilingGflops: 30 });
const quick = contender({ name: 'quick', role: 'peer', median: 40 });
const slow = contender({ name: 'slow', role: 'peer', median: 2500 });
const wrong = contender({ name: 'wrong', role: 'peer', median: null, samples: [], refused: 'inertia is 7' });
const compared = row({
  contenders: [shoal, slow, wrong, quick],
  ratio: { value: 1.25, peer: 'quick' },
  target: 1,
});

describe('parseReport', () => {
  it('reads back what was written', () => {
    const written = report({ rows: [compared, row({ contenders: [], unavailable: 'no data' })] });
    expect(parseReport(JSON.stringify(written))).toEqual(written);
  });

  it.each([
    ['no JSON', '{', /this is not/],
    ['another version', JSON.stringify({ ...report(), version: 2 }), /at version/],
    [
      'a missing key',
      JSON.stringify({ ...report(), rows: [{ ...row(), ratio: undefined }] }),
      /at rows\.0\.ratio/,
    ],
    [
      'another role',
      JSON.stringify(report({ rows: [row({ contenders: [{ ...shoal, role: 'judge' as never }] })] })),
      /rows\.0\.contenders\.0\.role/,
    ],
    ['an invalid date', JSON.stringify(report({ date: 'yesterday' })), /at date/],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseReport(text)).toThrow(InvalidArgumentError);
    expect(() => parseReport(text)).toThrow(message);
  });
});

describe('texts', () => {
  it.each([
    [0.01234, '12.3 µs'],
    [12.34, '12.3 ms'],
    [1234, '1.23 s'],
  ])('%d ms', (ms, text) => {
    expect(formatTime(ms)).toBe(text);
  });

  it('has a row with ratio, target, and every peer, fastest first', () => {
    const { head, rows } = resultTable(report({ rows: [compared] }));
    expect(rows).toEqual([
      [
        'kmeans-fit/small',
        '50.0 ms',
        'run',
        '1.25 of quick',
        '<= 1.00',
        'inertia 100',
        '3.00 GFLOP/s, 10 %',
        'quick 40.0 ms, slow 2.50 s, wrong refused',
      ],
    ]);
    expect(head).toHaveLength(rows[0].length);
  });

  it('names refused and absent peers, and how to install them', () => {
    const peers = [
      { name: 'faiss', version: null, runtime: 'python3 3.11', install: 'pip install faiss-cpu' },
      { name: 'scikit-learn', version: '1.2.1', runtime: 'python3 3.11', install: 'x' },
    ];
    const all = report({ rows: [compared], peers });
    expect(refusalTexts(all)).toEqual(['kmeans-fit/small, wrong refused: inertia is 7.']);
    expect(absentPeerTexts(all)).toEqual([
      'faiss is absent (python3 3.11). To have it: pip install faiss-cpu.',
    ]);
  });

  it('says how many runs a median has, and when they are too few', () => {
    const runs = (...counts: number[]) =>
      provenanceTexts(
        report({
          rows: counts.map((count) =>
            row({
              contenders: [
                contender({ name: 'shoal', role: 'ours', samples: Array(count).fill(1) as number[] }),
              ],
            }),
          ),
        }),
      ).find((text) => text.startsWith('Medians'));
    expect(runs(5, 3)).toBe('Medians of runs: 3 to 5, after 1 to warm up.');
    expect(runs(1)).toBe('Medians of runs: 1, after 1 to warm up. A first look, not to be cited.');
    expect(runs()).toBeUndefined();
    const slow = contender({ name: 'slow', role: 'peer', once: true, samples: [1] });
    const both = report({ rows: [row({ contenders: [shoal, slow] })] });
    expect(provenanceTexts(both)).toContain('Medians of runs: 3, after 1 to warm up.');
  });

  it('lists a failure of the device among the refusals', () => {
    const failed = row({ contenders: [], unavailable: 'the device is gone', failed: true });
    expect(refusalTexts(report({ rows: [failed] }))).toEqual(['kmeans-fit/small failed: the device is gone']);
  });

  it('has each note once, with all its rows', () => {
    const noted = (name: string, workload: string, ...notes: string[]) =>
      row({ case: name, workload, notes });
    const rows = [noted('a', '1', 'x'), noted('a', '2', 'x', 'y'), noted('b', '1', 'x'), noted('b', '2')];
    expect(noteTexts(report({ rows }))).toEqual(['a, b/1: x', 'a/2: y']);
  });

  it('describes points by their shape, and has no description without points', () => {
    const parameters = { rows: 60000, columns: 784, clusters: 10, dtype: 'uint8', iterations: '30', seed: 7 };
    expect(shapeText(row({ parameters }))).toBe('60,000 x 784, K = 10, uint8, 30 iterations, seed 7');
    expect(shapeText(row({ parameters: { iterations: 'until no label changes' } }))).toBe('');
  });

  it('has a table of the kernels of the compared contender and of the fastest of Shoal', () => {
    const kernel = { kernel: 'assign:f32', dispatches: 1, milliseconds: 2, flops: 4e9, bytes: 3e8 };
    const device = { multiplyAdd: 8000, copy: 1500 };
    const uncounted = { ...kernel, kernel: 'sums', flops: null, bytes: null };
    const contenders = [
      contender({ name: 'shoal', role: 'ours', median: 3, kernels: [kernel] }),
      contender({ name: 'slow', role: 'ours', median: 9, kernels: [kernel] }),
      contender({ name: 'fast', role: 'ours', median: 1, kernels: [uncounted] }),
    ];
    const all = report({ rows: [row({ contenders })], ceilings: { ...report().ceilings, device } });
    expect(kernelTable(all).rows).toEqual([
      ['kmeans-fit/small', 'shoal', 'assign:f32', '1', '2.00 ms', '2.00e+3 GFLOP/s, 25 %', '150 GB/s, 10 %'],
      ['kmeans-fit/small', 'fast', 'sums', '1', '2.00 ms', '', ''],
    ]);
    expect(reportMarkdown(all)).toContain('Kernels of one iteration');
    expect(reportHtml(all)).toContain('<td>assign:f32</td>');
    expect(reportMarkdown(report())).not.toContain('Kernels');
  });

  it('keeps a Markdown table a table', () => {
    const text = reportMarkdown(report({ rows: [row({ workload: 'a|b`<c>' })] }));
    expect(text).toContain(String.raw`kmeans-fit/a\|b\`\<c>`);
  });
});

describe('reportHtml', () => {
  it('escapes hostile names from every source', () => {
    const evil = '"><script>alert(1)</script>';
    const html = reportHtml(
      report({
        engine: { name: evil, device: evil, software: false, features: [evil], reason: evil },
        machine: { processor: evil, cores: 1, memoryBytes: 1, system: evil },
        peers: [
          { name: evil, version: null, runtime: evil, install: evil },
          { name: evil, version: evil, runtime: evil, install: evil },
        ],
        rows: [
          row({
            case: evil,
            workload: evil,
            parameters: { [evil]: evil, list: [evil] },
            quality: { name: evil, tolerance: null, note: evil },
            contenders: [contender({ name: evil, role: 'ours', dtype: evil })],
            ratio: { value: 1, peer: evil },
            notes: [evil],
          }),
          row({ contenders: [], unavailable: evil }),
          row({ contenders: [contender({ name: evil, role: 'peer', refused: evil, median: null })] }),
          row({ case: 'scaling', parameters: { axis: 'rows', rows: 1, columns: 1, clusters: 1 } }),
        ],
      }),
    );
    expect(html).not.toContain('<script');
    expect(html).not.toContain('">alert');
    expect(html.split('&quot;&gt;&lt;script&gt;').length).toBeGreaterThan(15);
  });

  it('uses nothing from the network and has a table beside the bars', () => {
    const html = reportHtml(report({ rows: [compared] }));
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|src=|href=|@import|url\(/);
    expect(html).toContain('<th scope="row">quick, float32</th><td class="number">40.0 ms</td>');
    expect(html).toContain('refused');
    expect(html).toContain('color-scheme: light dark');
  });

  it('warns of a quick run', () => {
    expect(reportHtml(report({ quick: true }))).toContain('nothing about speed');
    expect(reportHtml(report())).not.toContain('nothing about speed');
  });
});

describe('scaling', () => {
  const cell = (axis: string, rows: number, median: number) =>
    row({
      case: 'scaling',
      parameters: { axis, rows, columns: 2, clusters: 5 },
      contenders: [contender({ name: 'shoal', role: 'ours', median })],
    });

  it('divides by points, centroids and dimensions, and by the best cell', () => {
    const cells = scalingCells(report({ rows: [cell('rows', 100, 1), cell('rows', 1000, 5), row()] }));
    expect(cells).toEqual([
      { axis: 'rows', size: 100, nanoseconds: 1000, ratio: 2 },
      { axis: 'rows', size: 1000, nanoseconds: 500, ratio: 1 },
    ]);
  });

  it('draws every cell, and nothing without cells', () => {
    const cells = scalingCells(report({ rows: [cell('rows', 100, 1), cell('columns', 100, 3)] }));
    const svg = scalingChart(cells, 'a <b> & "c"');
    expect(svg.match(/<circle/g)).toHaveLength(2);
    expect(svg).toContain('a &lt;b&gt; &amp; &quot;c&quot;');
    expect(svg).not.toContain('NaN');
    expect(scalingChart([], 'x')).toBe('');
  });
});
