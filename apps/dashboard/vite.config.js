import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const lib = (name) => fileURLToPath(new URL(`../../libs/${name}/src/index.ts`, import.meta.url));

/** `npm run build` writes what every node serves at `/` (apps/api/src/http/dashboard); `npm run dashboard` is for working on it. */
export default defineConfig({
  root,
  base: '/',
  // The libs that run in browsers; the others need Node.
  resolve: { alias: Object.fromEntries(['codec', 'identity', 'ledger', 'trace', 'sdk'].map((name) => [`#${name}`, lib(name)])) },
  build: {
    outDir: '../../dist/dashboard',
    emptyOutDir: true,
    target: 'es2022',
    // Nothing inline: the Content-Security-Policy allows only files of the node's own origin.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
  },
  server: {
    // A running development network answers: npm start, then npm run dashboard.
    proxy: Object.fromEntries(['/api', '/epcis', '/readyz', '/docs', '/openapi.json'].map((path) => [path, 'http://127.0.0.1:7401'])),
  },
});
