/** The style of a report's page; the viewers in it have their own. Colors have a contrast of at least 4.5. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --page: #ffffff; --text: #1b2530; --subtle: #566473; --line: #d4dae1; --surface: #f4f6f8; --heat: #0b62c4; }
@media (prefers-color-scheme: dark) { :root { --page: #11161c; --text: #e6ebf0; --subtle: #9fb0c0; --line: #33404e; --surface: #1b232c; --heat: #2f7fd6; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1280px; padding: 24px 20px 48px; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 20px; margin: 40px 0 8px; padding-top: 16px; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
main > section:first-child h2 { border-top: 0; margin-top: 16px; }
h3 { font-size: 16px; margin: 24px 0 8px; }
p { margin: 4px 0; max-width: 75ch; overflow-wrap: anywhere; }
header p, .note, footer { color: var(--subtle); }
footer { margin-top: 48px; border-top: 1px solid var(--line); padding-top: 12px; }
.tables { display: flex; flex-wrap: wrap; gap: 16px 40px; align-items: flex-start; margin: 12px 0 20px; }
.scroll { overflow-x: auto; max-width: 100%; }
.scroll:focus-visible { outline: 2px solid var(--heat); outline-offset: 2px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--subtle); padding-bottom: 4px; }
th, td { padding: 3px 12px 3px 0; text-align: right; font-weight: 400; white-space: nowrap; border-bottom: 1px solid var(--line); }
thead th { color: var(--subtle); }
th[scope="row"], thead th:first-child { text-align: left; }
.matrix td { padding: 3px 8px; background: color-mix(in srgb, var(--heat) var(--share), transparent); border: 1px solid var(--page); }
.matrix td.most { color: #ffffff; background: color-mix(in srgb, var(--heat) calc(40% + 0.6 * var(--share)), #000000 20%); }
.matrix th { border: 0; }
cluster-viewer { display: block; height: min(720px, 90vh); margin: 12px 0; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
.problem { border: 1px solid var(--line); border-radius: 6px; background: var(--surface); padding: 12px; }
table.clusters { width: 100%; }
.words, .clusters th[scope="row"] { text-align: left; white-space: normal; min-width: 140px; overflow-wrap: anywhere; }
.swatch { display: inline-block; width: 11px; height: 11px; margin-right: 7px; border-radius: 3px; }
.paper { display: none; margin: 12px 0; break-inside: avoid; }
.tree { display: block; }
.paper svg { width: 100%; height: auto; border: 1px solid var(--line); border-radius: 6px; background: #ffffff; }
figcaption { color: var(--subtle); font-size: 13px; }
@media print {
  :root { color-scheme: light; --page: #ffffff; --text: #1b2530; --subtle: #566473; --line: #d4dae1; --surface: #f4f6f8; --heat: #0b62c4; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { max-width: none; padding: 0; font-size: 12px; }
  .scroll { overflow: visible; }
  tr, h2, h3 { break-inside: avoid; break-after: auto; }
  cluster-viewer { display: none; }
  .paper { display: block; }
}
`.trim();

/** A page whose scripts are off shows what is printed. */
export const WITHOUT_SCRIPTS = '.paper { display: block; } cluster-viewer { display: none; }';
