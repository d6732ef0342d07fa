import { defineConfig } from 'vite';

export default defineConfig({
  // Relative addresses, so that the built page works from any folder of any server.
  base: './',
  // A live fit loads its engine only when it needs it, which needs a module worker.
  worker: { format: 'es' },
});
