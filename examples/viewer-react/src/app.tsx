import type { ClusterViewer as ViewerElement } from '@shoal/viewer';
import { ClusterViewer } from '@shoal/viewer/react';
import { useRef, useState } from 'react';
import { labels, points } from './flowers.ts';

export function App() {
  const viewer = useRef<ViewerElement>(null);
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
      <ClusterViewer
        ref={viewer}
        points={points}
        labels={labels}
        onSelectionChange={({ detail }) => {
          setRows(Array.from(detail.rows));
        }}
      />
    </main>
  );
}
