const MARGIN = { left: 16, right: 16, top: 28, bottom: 28 };

/** Draws one value per iteration as a line into an SVG of the given size. */
export function drawInertia(svg: SVGSVGElement, history: readonly number[]): void {
  const { width, height } = svg.viewBox.baseVal;
  const highest = Math.max(...history);
  const lowest = Math.min(...history);
  const x = (i: number) =>
    MARGIN.left + (i / Math.max(1, history.length - 1)) * (width - MARGIN.left - MARGIN.right);
  const y = (value: number) =>
    MARGIN.top + ((highest - value) / (highest - lowest || 1)) * (height - MARGIN.top - MARGIN.bottom);

  const line = element('polyline', {
    points: history.map((value, i) => `${x(i)},${y(value)}`).join(' '),
  });
  const last = history.length - 1;
  const end = element('circle', { cx: x(last), cy: y(history[last]), r: 4 });
  svg.replaceChildren(
    line,
    end,
    text(formatInertia(history[0]), { x: MARGIN.left, y: 18, 'text-anchor': 'start' }),
    text(formatInertia(history[last]), {
      x: width - MARGIN.right,
      y: y(history[last]) - 10,
      'text-anchor': 'end',
    }),
    text(`${history.length} assignments`, { x: width - MARGIN.right, y: height - 8, 'text-anchor': 'end' }),
  );
}

/** An inertia for people: grouped digits, one decimal. */
export function formatInertia(value: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}

function text(content: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const node = element('text', attributes);
  node.textContent = content;
  return node;
}
