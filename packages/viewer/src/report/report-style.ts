/** The background that the colors of tables and pictures are for; the viewer has others in the dark. */
export const PAPER = [255, 255, 255] as const;

/** The colors of a page, with a contrast of at least 4.5 between text and what is behind it. */
const LIGHT =
  '--page: #ffffff; --text: #1b2530; --subtle: #566473; --line: #d4dae1; --surface: #f4f6f8; --heat: #0b62c4; --shade: #1b253026;';
const DARK =
  '--page: #11161c; --text: #e6ebf0; --subtle: #9fb0c0; --line: #33404e; --surface: #1b232c; --heat: #2f7fd6; --shade: #00000099;';

const PAGE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1280px; padding: 24px 20px 48px; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 20px; margin: 40px 0 8px; padding-top: 16px; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
h3 { font-size: 16px; margin: 24px 0 8px; overflow-wrap: anywhere; }
p { margin: 4px 0; max-width: 75ch; overflow-wrap: anywhere; }
header p { font-size: 17px; margin: 8px 0; }
header p.command, header p.problem { font-size: 14px; }
code { font: 13px/1.5 ui-monospace, monospace; padding: 2px 6px; border-radius: 4px; background: var(--surface); overflow-wrap: anywhere; }
.note, footer, caption, figcaption, thead th { color: var(--subtle); }
footer { margin-top: 48px; border-top: 1px solid var(--line); padding-top: 12px; }
.problem { border: 1px solid var(--line); border-radius: 6px; background: var(--surface); padding: 8px 12px; }
cluster-viewer { display: block; height: min(720px, 90vh); margin: 12px 0; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
.paper { display: none; }
`;

/** The shadow of a table says that it goes on: it lies behind two covers that move with the table. */
const TABLES = `
.tables { display: flex; flex-wrap: wrap; gap: 16px 40px; align-items: flex-start; margin: 12px 0 20px; }
.scroll { overflow-x: auto; max-width: 100%; background: linear-gradient(to right, var(--page) 30%, transparent) left / 40px 100% no-repeat local, linear-gradient(to left, var(--page) 30%, transparent) right / 40px 100% no-repeat local, linear-gradient(to right, var(--shade), transparent) left / 12px 100% no-repeat, linear-gradient(to left, var(--shade), transparent) right / 12px 100% no-repeat var(--page); }
.scroll:focus-visible, summary:focus-visible { outline: 2px solid var(--heat); outline-offset: 2px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding-bottom: 4px; }
.scroll caption { white-space: normal; }
th, td { padding: 3px 12px 3px 0; text-align: right; font-weight: 400; white-space: nowrap; border-bottom: 1px solid var(--line); }
th[scope="row"], th[scope="rowgroup"], thead th:first-child { text-align: left; }
.matrix td { padding: 3px 8px; background: color-mix(in srgb, var(--heat) var(--share), transparent); border: 1px solid var(--page); }
.matrix td.most { color: #ffffff; background: color-mix(in srgb, var(--heat) calc(40% + 0.6 * var(--share)), #000000 20%); }
.matrix th { border: 0; }
.swatch { display: inline-block; width: 11px; height: 11px; margin-right: 7px; border-radius: 3px; }
.strip { display: block; max-width: 100%; margin: 4px 0; image-rendering: pixelated; }
table.clusters { width: 100%; margin: 12px 0; }
.clusters th, .clusters td { vertical-align: top; padding-block: 6px; }
.words, .clusters th[scope="row"] { text-align: left; white-space: normal; overflow-wrap: anywhere; }
.clusters .words { min-width: 160px; }
.clusters th[scope="row"] { font-weight: 600; min-width: 120px; }
`;

const FIGURES = `
.map { margin: 20px 0 0; max-width: 860px; }
.map svg { display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: 6px; background: #ffffff; }
.tree { margin: 12px 0; break-inside: avoid; }
.tree svg { display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: 6px; background: #ffffff; }
figcaption { font-size: 13px; padding-top: 4px; overflow-wrap: anywhere; }
.scores { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 220px), 1fr)); gap: 12px 32px; margin: 16px 0; }
.scores dt { font-weight: 600; }
.scores dd { margin: 0; overflow-wrap: anywhere; }
.scores .value { font-size: 24px; line-height: 1.3; font-variant-numeric: tabular-nums; }
.scores small { font-size: 13px; color: var(--subtle); }
.bar { display: block; height: 11px; min-width: 1px; border-radius: 2px; background: var(--heat); }
.bar.rest { background: #8494a4; }
.chart { width: 100%; max-width: 760px; margin: 12px 0; }
.chart th, .chart td { border: 0; padding: 2px 12px 2px 0; white-space: normal; }
.chart th[scope="row"] { width: 30%; color: var(--subtle); }
.chart .track { width: 50%; }
.chart .group th { font-weight: 600; padding-top: 10px; }
details { margin: 16px 0; }
summary { cursor: pointer; color: var(--heat); width: fit-content; max-width: 100%; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); gap: 12px; margin: 12px 0; }
.card { border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px; break-inside: avoid; min-width: 0; }
.card h3 { margin: 0; }
.card .facts { list-style: none; margin: 6px 0; padding: 0; }
.card .facts li { margin: 4px 0; overflow-wrap: anywhere; }
.card .bar { height: 5px; margin-top: 2px; }
`;

/** On a phone a row of the table of clusters is a block, each cell under its heading. */
const NARROW = `
@media screen and (max-width: 640px) {
  body { padding: 16px 12px 32px; }
  h1 { font-size: 22px; }
  header p { font-size: 16px; }
  cluster-viewer { height: min(720px, 92vh); }
  .clusters, .clusters caption, .clusters tbody, .clusters tr, .clusters th, .clusters td { display: block; text-align: left; }
  .clusters thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .clusters tr { border-bottom: 1px solid var(--line); padding: 8px 0; }
  .clusters th, .clusters td { border: 0; padding: 2px 0; }
  .clusters td::before { content: attr(data-head) ": "; color: var(--subtle); }
  .map circle { r: 19px; }
  .map text { font-size: 22px; }
  .map path { stroke-width: 6px; }
}
`;

const PRINT = `
@page { margin: 14mm; }
@media print {
  :root { color-scheme: light; ${LIGHT} }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { max-width: none; padding: 0; font-size: 11px; }
  h1 { font-size: 22px; }
  h2 { font-size: 16px; margin-top: 24px; }
  h3 { font-size: 12px; }
  header p { font-size: 13px; }
  code { font-size: 11px; }
  header p.command, header p.problem { font-size: 11px; }
  .scroll { overflow: visible; background: none; }
  .matrix { font-size: 9px; }
  .matrix th, .matrix td { padding-inline: 3px; }
  h2, h3, caption, thead, summary, .chart .group { break-after: avoid; }
  tr, figure, .card, .scores > div { break-inside: avoid; }
  .map { max-width: 620px; }
  .cards { grid-template-columns: 1fr 1fr; }
  details::details-content { display: block; content-visibility: visible; block-size: auto; }
  cluster-viewer, .live { display: none; }
  .paper { display: block; }
}
`;

/** The style of a report's page; the viewers in it have their own. */
export const REPORT_STYLE = [PAGE, TABLES, FIGURES, NARROW, PRINT].join('').trim();

/** A page whose scripts are off shows what is printed. */
export const WITHOUT_SCRIPTS = '.paper { display: block; } cluster-viewer, .live { display: none; }';
