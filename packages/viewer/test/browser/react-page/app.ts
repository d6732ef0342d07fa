import { createElement, useState, type ReactElement } from 'react';
import { ClusterViewer } from '../../../src/react.ts';

const points = [
  [0, 0],
  [1, 0],
  [9, 9],
];

/** A page as a server and a browser render it: one viewer, and what was selected. */
export function App(): ReactElement {
  const [rows, setRows] = useState<readonly number[]>([]);
  const [names, setNames] = useState(false);
  return createElement(
    'main',
    null,
    createElement(ClusterViewer, {
      heading: 'Three points',
      theme: 'light',
      compact: false,
      colorBy: 'cluster',
      points,
      labels: [0, 0, 1],
      ...(names && { columnNames: ['width', 'height'] }),
      onSelectionChange: ({ detail }) => {
        setRows([...detail.rows]);
      },
      children: createElement('span', { slot: 'toolbar' }, 'Own button'),
    }),
    createElement('p', { role: 'status' }, `Selected: ${rows.join(', ')}`),
    createElement(
      'button',
      {
        type: 'button',
        onClick: () => {
          setNames(!names);
        },
      },
      'Name columns',
    ),
  );
}
