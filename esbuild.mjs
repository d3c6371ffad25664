// Builds the bundles into dist, and with --tests also every test file into out. `--watch` keeps building; `--generate` writes anew what
// is made from the tables of fields and of CI jobs: the JSON Schemas in media, the tables and jobs of the README.
import { build, context } from 'esbuild';
import { globSync } from 'tinyglobby';
import { createRequire } from 'node:module';
import path from 'node:path';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const args = new Set(process.argv.slice(2));

/** Modules that are bundles of their own: a dynamic import of one of them loads the file beside, on first use. */
const lazyBundles = {
  'src/drawing/draw.ts': 'drawing.js',
  'src/extension/composition.ts': 'composition.js',
  'src/extension/engine.ts': 'engine.js',
  'src/extension/language/language.ts': 'language.js',
  'src/extension/published/publishing.ts': 'publishing.js',
  'src/cli/proxyFetch.ts': 'proxy.js',
  'src/sources/levels/organisation.ts': 'domains.js',
  'src/sources/safePattern.ts': 'patterns.js',
  'src/sources/icons.ts': 'icons.js',
};

/** @type {import('esbuild').Plugin} */
const lazy = {
  name: 'lazy-bundles',
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\// }, (request) => {
      if (request.kind !== 'dynamic-import') return undefined;
      const file = path.relative(process.cwd(), path.resolve(request.resolveDir, `${request.path}.ts`)).replaceAll('\\', '/');
      const bundle = lazyBundles[file];
      return bundle && { path: `./${bundle}`, external: true };
    });
  },
};

/** badge-maker's width tables are 900 KB; ours are cut to the scripts it measures well (see src/drawing). */
const alias = {
  anafanafo: path.resolve('src/drawing/textWidth.ts'),
  // Not among its exports (see src/drawing/badge-maker.d.ts).
  'badge-maker/lib/make-badge.js': path.resolve('node_modules/badge-maker/lib/make-badge.js'),
  // Its ES module asks for import.meta.url, which a CommonJS bundle has not.
  fdir: path.resolve('node_modules/fdir/dist/index.cjs'),
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  external: ['vscode'],
  supported: { 'dynamic-import': false },
  alias,
  plugins: [lazy],
  minify: !args.has('--watch'),
  keepNames: false,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: args.has('--watch') ? 'info' : 'warning',
};

const bundles = [
  {
    ...node,
    entryPoints: {
      extension: 'src/extension/extension.ts',
      composition: 'src/extension/composition.ts',
      engine: 'src/extension/engine.ts',
      language: 'src/extension/language/language.ts',
      publishing: 'src/extension/published/publishing.ts',
      drawing: 'src/drawing/draw.ts',
      cli: 'src/cli/main.ts',
      proxy: 'src/cli/proxyFetch.ts',
      domains: 'src/sources/levels/organisation.ts',
      patterns: 'src/sources/safePattern.ts',
      icons: 'src/sources/icons.ts',
    },
    outdir: 'dist',
  },
  {
    ...node,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    supported: {},
    plugins: [],
    entryPoints: { webview: 'src/webview/preview.ts', badgeForm: 'src/webview/badgeForm.ts', published: 'src/webview/published.ts', pick: 'src/webview/pick.ts' },
    outdir: 'dist',
  },
];

const tests = {
  ...node,
  minify: false,
  plugins: [],
  // Test files are many and share their modules, so they are built as split ES modules, except what runs inside VS Code.
  format: 'esm',
  splitting: true,
  outExtension: { '.js': '.mjs' },
  supported: {},
  external: ['vscode', 'mocha', 'playwright-core', '@vscode/test-electron', 'undici', 'fast-check', 'badge-maker/plain'],
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  sourcemap: 'inline',
  entryPoints: globSync(['test/**/*.ts', '!test/vscode/host/**']),
  outbase: 'test',
  outdir: 'out/test',
};

const hostTests = {
  ...node,
  minify: false,
  plugins: [],
  external: ['vscode', 'mocha'],
  supported: {},
  sourcemap: 'inline',
  entryPoints: globSync('test/vscode/host/**/*.ts'),
  outbase: 'test',
  outdir: 'out/test',
};

if (args.has('--generate')) {
  await build({ ...node, entryPoints: { generated: 'src/config/language/generated.ts' }, sourcemap: false, outExtension: { '.js': '.cjs' }, outdir: 'out' });
  const { schemaFiles, withGeneratedParts } = createRequire(import.meta.url)('./out/generated.cjs');
  mkdirSync('media/schemas', { recursive: true });
  for (const [name, text] of Object.entries(schemaFiles())) writeFileSync(`media/schemas/${name}`, text);
  writeFileSync('README.md', withGeneratedParts(readFileSync('README.md', 'utf8')));
  process.exit();
}

const jobs = args.has('--tests') ? [...bundles, tests, hostTests] : bundles;
if (args.has('--watch')) {
  for (const job of jobs) await (await context(job)).watch();
} else {
  rmSync('dist', { recursive: true, force: true });
  if (args.has('--tests')) rmSync('out/test', { recursive: true, force: true });
  await Promise.all(jobs.map((job) => build(job)));
}
