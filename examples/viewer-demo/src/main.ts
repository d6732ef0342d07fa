import { FILE_EXTENSIONS, FORMATS } from '@shoal/data';
import { ClusterViewer } from '@shoal/viewer';
import { loadRun } from '@shoal/viewer/data';
import { drawBlobs } from './blobs.ts';
import { acceptFiles } from './drop.ts';
import { logEvents } from './event-log.ts';
import { find } from './find.ts';
import { Live } from './live.ts';
import { drawGarments, notClustered, readFile } from './read-file.ts';
import { listSnippets } from './snippets.ts';

const viewer = find('#viewer', ClusterViewer);
const form = find('#fit', HTMLFormElement);
const status = find('#status', HTMLElement);
const problem = find('#problem', HTMLElement);
const theme = find('#theme', HTMLSelectElement);
const log = find('#log', HTMLOListElement);

const live = new Live({
  viewer,
  settings() {
    if (!form.reportValidity()) return undefined;
    const values = new FormData(form);
    return { clusters: Number(values.get('clusters')), seed: Number(values.get('seed')) };
  },
  say(text) {
    status.textContent = text;
    problem.hidden = true;
  },
  complain(error) {
    status.textContent = 'That did not work.';
    problem.textContent = error instanceof Error ? error.message : String(error);
    problem.hidden = false;
  },
});

function openGarments(): void {
  void live.open('Garments', async () => notClustered(await drawGarments()));
}

function openRun(src: string): void {
  void live.open(src, async () => {
    const url = new URL(src, location.href);
    // An address in a link must not send the reader's browser elsewhere.
    if (url.origin !== location.origin) throw new Error(`Only runs beside this page are shown, not ${src}.`);
    return { data: await loadRun(url) };
  });
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const { submitter } = event;
  const isMixture = submitter instanceof HTMLButtonElement && submitter.value === 'gmm';
  void live.fit(isMixture ? 'gmm' : 'kmeans');
});
find('#garments', HTMLButtonElement).addEventListener('click', openGarments);
find('#blobs', HTMLButtonElement).addEventListener('click', () => {
  void live.open('Blobs', () => notClustered(drawBlobs()));
});
const picker = find('#file', HTMLInputElement);
picker.accept = FILE_EXTENSIONS.join(',');
find('#format-titles', HTMLElement).textContent = FORMATS.map(({ title }) => title).join(', ');
acceptFiles(picker, (file) => {
  void live.open(file.name, () => readFile(file));
});
theme.addEventListener('change', () => {
  document.documentElement.dataset['theme'] = theme.value;
  viewer.setAttribute('theme', theme.value);
});
find('#clear', HTMLButtonElement).addEventListener('click', () => {
  log.replaceChildren();
});
logEvents(viewer, log);
listSnippets(find('#snippets', HTMLElement));

const src = new URLSearchParams(location.search).get('src');
if (src === null) openGarments();
else openRun(src);
