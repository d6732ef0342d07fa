import { drawInertia, formatInertia } from './inertia-chart.ts';
import type { Answer, Request, Result } from './messages.ts';
import { drawPictures } from './pictures.ts';

const settings = find('#settings', HTMLFormElement);
const status = find('#status', HTMLElement);
const device = find('#device', HTMLElement);
const failure = find('#error', HTMLElement);
const resultView = find('#result', HTMLElement);
const groups = find('#groups', HTMLElement);
const chart = find('#chart', SVGSVGElement);
const iterations = find('#iterations', HTMLElement);

let worker: Worker | undefined;

settings.addEventListener('submit', (event) => {
  event.preventDefault();
  start();
});
start();

/** Starts again; a running fit ends with its worker. */
function start(): void {
  worker?.terminate();
  worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    show(data);
  });
  worker.addEventListener('error', (event) => {
    show({ kind: 'failed', message: event.message || 'The worker could not be loaded.' });
  });

  failure.hidden = true;
  status.textContent = 'Looking for a GPU …';
  device.textContent = '';
  resultView.ariaBusy = 'true';
  worker.postMessage(request());
}

function request(): Request {
  const form = new FormData(settings);
  const file = form.get('file');
  return {
    file: file instanceof File && file.size > 0 ? file : undefined,
    count: Number(form.get('count')),
    clusters: Number(form.get('clusters')),
    seed: Number(form.get('seed')),
    allowSoftware: new URLSearchParams(location.search).has('software'),
  };
}

function show(answer: Answer): void {
  switch (answer.kind) {
    case 'engine':
      device.textContent = answer.text;
      break;
    case 'progress':
      status.textContent = answer.text;
      break;
    case 'done':
      showResult(answer.result);
      break;
    case 'failed':
      status.textContent = 'That did not work.';
      failure.textContent = answer.message;
      failure.hidden = false;
      resultView.ariaBusy = 'false';
      break;
  }
}

function showResult({ width, height, groups: found, inertiaHistory, converged, seconds }: Result): void {
  groups.replaceChildren(
    ...found.map(({ size, mean, nearest }, i) => {
      const item = document.createElement('li');
      const caption = document.createElement('p');
      caption.textContent = `${size} ${size === 1 ? 'picture' : 'pictures'}`;
      item.append(
        drawPictures([mean], width, height, `Mean of group ${i + 1}`),
        caption,
        drawPictures(nearest, width, height, `Pictures nearest to the mean of group ${i + 1}`),
      );
      return item;
    }),
  );
  drawInertia(chart, inertiaHistory);
  iterations.replaceChildren(
    ...inertiaHistory.map((inertia) => {
      const item = document.createElement('li');
      item.textContent = formatInertia(inertia);
      return item;
    }),
  );
  const end = converged ? 'Settled' : 'Stopped';
  const inertia = inertiaHistory[inertiaHistory.length - 1];
  status.textContent = `${end} after ${inertiaHistory.length} assignments in ${seconds.toFixed(2)} s: inertia ${inertia}.`;
  resultView.hidden = false;
  resultView.ariaBusy = 'false';
}

/** The one element that the page is known to have. */
function find<T extends Element>(selector: string, type: new () => T): T {
  const element = document.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`The page has no ${selector}.`);
  return element;
}
