import type { ClusterViewer } from '@shoal/viewer';

export function listen(viewer: ClusterViewer) {
  viewer.addEventListener('selection-change', ({ detail }) => {
    console.log('selected rows', detail.rows);
  });
  viewer.addEventListener('fit-progress', ({ detail }) => {
    if (detail.done) console.log('settled after', detail.iteration);
  });
}
