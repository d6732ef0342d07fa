import type { ClusterViewer } from '@shoal/viewer';

export async function show(viewer: ClusterViewer) {
  viewer.points = [
    [5.1, 3.5, 1.4],
    [4.9, 3.0, 1.4],
    [6.7, 3.1, 4.4],
  ];
  viewer.labels = [0, 0, 1];

  // Or watch clusters form, in a Worker.
  const fit = await viewer.fit({ method: 'kmeans', clusters: 2 });
  return fit.done;
}
