/**
 * The viewer with all it needs in one script, for pages without a bundler: `<script type="module" src="standalone.js">`.
 * It is what reports carry, and then shows the data that they carry. `@shoal/viewer/standalone`.
 */
import { showEmbedded } from './report/show-embedded.ts';

export * from './index.ts';

showEmbedded(document);
