import type { ClusteringData } from '../data/types.ts';
import { decodeImages, decodeView } from '../data/decode-view.ts';
import { unpackBytes } from './packed.ts';

/** The part of a viewer that a report uses. */
type Viewer = HTMLElement & { data: ClusteringData | undefined };

/**
 * Gives every viewer of a report's page its data when it is about to become visible, so that a page of many viewers need not
 * draw all of them to show the first.
 */
export function showEmbedded(page: Document): void {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        void show(target as Viewer);
      }
    },
    { rootMargin: '50%' },
  );
  for (const viewer of page.querySelectorAll('cluster-viewer[data-view]')) observer.observe(viewer);
}

async function show(viewer: Viewer): Promise<void> {
  const { view, images } = viewer.dataset;
  try {
    const data = decodeView(await embedded(viewer, view), 'the view in this report');
    const bytes = images !== undefined && (await embedded(viewer, images));
    viewer.data = bytes
      ? { ...data, images: decodeImages(bytes, data.count, 'the images in this report') }
      : data;
  } catch (error) {
    // The file was truncated or changed; the rest of the report is still readable.
    const problem = viewer.ownerDocument.createElement('p');
    problem.className = 'problem';
    problem.textContent = `This view cannot be shown: ${error instanceof Error ? error.message : String(error)}`;
    viewer.replaceWith(problem);
  }
}

async function embedded({ ownerDocument }: Viewer, id: string | undefined): Promise<Uint8Array> {
  const element = ownerDocument.getElementById(id ?? '');
  if (element === null) throw new Error(`the report has no data "${id ?? ''}"`);
  return unpackBytes(element.textContent);
}
