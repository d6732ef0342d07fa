/**
 * The viewer with all its code in one script, for pages without a bundler: `<script type="module" src="standalone.js">`.
 * Reports contain this script; in a report it shows the embedded data. `@shoal/viewer/standalone`.
 */
import { showEmbedded } from './report/show-embedded.ts';

export * from './index.ts';
export * from './comparison.ts';

showEmbedded(document);
