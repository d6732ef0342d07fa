import { labels, points } from './flowers.mjs';

const viewer = document.querySelector('cluster-viewer');
const button = document.querySelector('button');
const status = document.querySelector('[role=status]');
if (viewer === null || button === null || status === null) throw new Error('A part of the page is missing.');

viewer.points = points;
viewer.labels = labels;
viewer.addEventListener('selection-change', ({ detail: { rows } }) => {
  status.textContent = rows.length === 0 ? 'Nothing is selected.' : `Selected rows: ${rows.join(', ')}`;
});
button.addEventListener('click', () => {
  viewer.selection = labels.flatMap((label, row) => (label === 1 ? [row] : []));
});
