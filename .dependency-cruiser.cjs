/** The walls of src: imports go one way, core ← drawing, config ← gitlab ← sources ← app ← extension | cli. */
const allowed = {
  core: [],
  drawing: ['core'],
  config: ['core'],
  gitlab: ['core', 'config'],
  sources: ['core', 'config', 'gitlab'],
  app: ['core', 'config', 'gitlab', 'sources'],
  webview: ['core'],
  extension: ['core', 'config', 'gitlab', 'sources', 'app', 'webview/(?:protocol|\\w+Protocol)\\.ts$'],
  cli: ['core', 'config', 'gitlab', 'sources', 'app'],
};

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one subject, or miss a third file that both may import.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...Object.entries(allowed).map(([layer, targets]) => ({
      name: `${layer}-imports`,
      comment: `src/${layer} may import ${targets.length ? targets.join(', ') : 'nothing else of src'}: pass what it needs as a port from the composition root.`,
      severity: 'error',
      from: { path: `^src/${layer}/` },
      to: { path: '^src/', pathNot: [`^src/${layer}/`, ...targets.map((target) => `^src/${target}`)], dynamic: false },
    })),
    {
      name: 'vscode-only-in-extension',
      comment: 'Only src/extension knows VS Code. Take the value as a parameter, or define a port in src/app/ports.ts.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/extension/' },
      to: { path: '^vscode$' },
    },
    {
      name: 'core-is-pure',
      comment: 'src/core uses no packages and no Node modules.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { pathNot: '^src/core/' },
    },
    {
      name: 'drawing-and-config-do-no-io',
      comment: 'Drawing and config are pure: text in, values out.',
      severity: 'error',
      from: { path: '^src/(drawing|config)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'gitbeaker-only-in-gitlab',
      comment: 'Only src/gitlab talks to GitLab. Add a decoded call there.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/gitlab/' },
      to: { path: '@gitbeaker' },
    },
    {
      name: 'badge-maker-only-in-drawing',
      comment: 'Ask src/drawing for the SVG: it validates colours and texts before badge-maker sees them.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/drawing/' },
      to: { path: 'badge-maker' },
    },
    {
      name: 'drawing-is-loaded-lazily',
      comment: 'Import src/drawing/draw dynamically and in a composition root only; import its types with `import type`.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/drawing/' },
      to: { path: '^src/drawing/', dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-tests-in-src',
      comment: 'Production code never imports tests or fakes.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], mainFields: ['module', 'main', 'types'] },
  },
};
