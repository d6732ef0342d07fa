'use client';
import { createElement, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import type { CSSProperties, DetailedHTMLProps, HTMLAttributes, ReactElement, ReactNode, Ref } from 'react';
import type { ClusterViewer as ViewerElement } from './cluster-viewer.component.ts';
import type { ClusterViewerEventMap } from './events.ts';
import type { ClusterViewerListeners, ClusterViewerProperties } from './framework-types.ts';
import './index.ts';

/** What goes into HTML, by the name of its attribute: a server renders it, too. */
const ATTRIBUTES = {
  src: 'src',
  heading: 'heading',
  theme: 'theme',
  palette: 'palette',
  view: 'view',
  colorBy: 'color-by',
  density: 'density',
  hash: 'hash',
  side: 'side',
  compact: 'compact',
  allowFit: 'allow-fit',
} as const satisfies Partial<Record<keyof ClusterViewerProperties, string>>;

const EVENTS = {
  onSelectionChange: 'selection-change',
  onPointHover: 'point-hover',
  onClusterSelect: 'cluster-select',
  onRunAdd: 'run-add',
  onRunChange: 'run-change',
  onRunRename: 'run-rename',
  onRunRemove: 'run-remove',
  onFitProgress: 'fit-progress',
  onError: 'error',
} as const satisfies Record<string, keyof ClusterViewerEventMap>;

type Handlers = {
  readonly [Name in keyof typeof EVENTS]?:
    | ((event: ClusterViewerEventMap[(typeof EVENTS)[Name]]) => void)
    | undefined;
};

/** Properties of `<ClusterViewer>`: those of the element, its events as functions, and what every element has. */
export interface ClusterViewerProps extends ClusterViewerProperties, Handlers {
  readonly id?: string | undefined;
  readonly className?: string | undefined;
  readonly style?: CSSProperties | undefined;
  /** Elements with `slot="toolbar"`, `tooltip` or `empty`. */
  readonly children?: ReactNode;
  readonly ref?: Ref<ViewerElement> | undefined;
}

/**
 * `<cluster-viewer>` as a component of React 19. A server renders the element with its attributes; data is set when the page
 * is hydrated, which React does not do for properties of custom elements.
 */
export function ClusterViewer({
  ref,
  id,
  className,
  style,
  children,
  ...given
}: ClusterViewerProps): ReactElement {
  const element = useRef<ViewerElement>(null);
  /** What was set last, so that a property that is no longer given goes back to undefined. */
  const last = useRef<Readonly<Record<string, unknown>>>({});
  useImperativeHandle(ref, () => element.current!, []);
  useLayoutEffect(() => {
    const properties = Object.entries(given).filter(([name]) => !(name in ATTRIBUTES) && !(name in EVENTS));
    const next: Readonly<Record<string, unknown>> = Object.fromEntries(properties);
    // Only what changed: the reader may have chosen another cluster since.
    for (const name of new Set([...Object.keys(last.current), ...Object.keys(next)])) {
      if (!Object.is(last.current[name], next[name])) Object.assign(element.current!, { [name]: next[name] });
    }
    last.current = next;
  });
  useLayoutEffect(() => {
    const listening = new AbortController();
    for (const [name, event] of Object.entries(EVENTS)) {
      const handler = given[name as keyof Handlers] as EventListener | undefined;
      if (handler) element.current!.addEventListener(event as string, handler, { signal: listening.signal });
    }
    return () => {
      listening.abort();
    };
  });
  return createElement(
    'cluster-viewer',
    { ref: element, id, class: className, style, suppressHydrationWarning: true, ...attributesOf(given) },
    children,
  );
}

/** Only what is given, and true as an empty attribute: the element reflects both. */
function attributesOf(given: ClusterViewerProperties): Readonly<Record<string, string>> {
  const entries = Object.entries(ATTRIBUTES).flatMap(([name, attribute]) => {
    const value = given[name as keyof typeof ATTRIBUTES];
    return value === undefined || value === false ? [] : [[attribute, value === true ? '' : value]];
  });
  return Object.fromEntries(entries) as Readonly<Record<string, string>>;
}

/** What `<cluster-viewer>` takes in a template, where the component is not used. */
export type ClusterViewerAttributes = DetailedHTMLProps<HTMLAttributes<ViewerElement>, ViewerElement> &
  ClusterViewerProperties &
  ClusterViewerListeners;

declare module 'react' {
  // oxlint-disable-next-line typescript/no-namespace
  namespace JSX {
    interface IntrinsicElements {
      'cluster-viewer': ClusterViewerAttributes;
    }
  }
}
