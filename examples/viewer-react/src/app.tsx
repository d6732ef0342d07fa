import '@shoal/viewer';
import type { ClusterViewer } from '@shoal/viewer';
import { useRef, useState } from 'react';
import { labels, points } from './flowers.ts';

export function App() {
  const viewer = useRef<ClusterViewer>(null);
  const [rows, setRows] = useState<readonly number[]>([]);

  const selectCluster = () => {
    viewer.current?.select(labels.flatMap((label, row) => (label === 1 ? [row] : [])));
  };

  return (
    <main>
      <h1>Clusters in React</h1>
      <button type="button" onClick={selectCluster}>
        Select cluster 1
      </button>
      <p role="status">{rows.length === 0 ? 'Nothing is selected.' : `Selected rows: ${rows.join(', ')}`}</p>
      <cluster-viewer
        ref={viewer}
        points={points}
        labels={labels}
        onselection-change={({ detail }) => {
          setRows(Array.from(detail.rows));
        }}
      />
    </main>
  );
}
