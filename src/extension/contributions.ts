/** Every id that package.json and the code share, written once. test/extension/manifest.test.ts compares the two, both ways. */

export const commands = {
  signIn: 'badgesmith.signIn',
  signOut: 'badgesmith.signOut',
  generate: 'badgesmith.generate',
  preview: 'badgesmith.preview',
  evaluate: 'badgesmith.evaluate',
  exportLevels: 'badgesmith.exportLevels',
  createConfig: 'badgesmith.createConfig',
  createLevelsConfig: 'badgesmith.createLevelsConfig',
  insertCiJob: 'badgesmith.insertCiJob',
  migrate: 'badgesmith.migrate',
  refresh: 'badgesmith.refresh',
  showLog: 'badgesmith.showLog',
  previewPublished: 'badgesmith.previewPublished',
  plan: 'badgesmith.plan',
  push: 'badgesmith.push',
  import: 'badgesmith.import',
  addBadge: 'badgesmith.addBadge',
  editBadge: 'badgesmith.editBadge',
  removeBadge: 'badgesmith.removeBadge',
  insertSnippet: 'badgesmith.insertSnippet',
  updateReadme: 'badgesmith.updateReadme',
} as const;

/** Commands that need a row of a tree, or what is shown in an editor, and are therefore hidden from the palette. */
export const rowCommands = {
  copyMarkdown: 'badgesmith.copyMarkdown',
  copySvg: 'badgesmith.copySvg',
  openFile: 'badgesmith.openFile',
  openSource: 'badgesmith.openSource',
  regenerate: 'badgesmith.regenerate',
  chooseProject: 'badgesmith.chooseProject',
  copyImageUrl: 'badgesmith.copyImageUrl',
  copyPublishedMarkdown: 'badgesmith.copyPublishedMarkdown',
  openLink: 'badgesmith.openLink',
  openInConfig: 'badgesmith.openInConfig',
  applyChanges: 'badgesmith.applyChanges',
} as const;

export type CommandId = (typeof commands)[keyof typeof commands] | (typeof rowCommands)[keyof typeof rowCommands];

export const viewContainer = 'badgesmith';

export const views = { badges: 'badgesmith.badges', levels: 'badgesmith.levels', published: 'badgesmith.published' } as const;

/** Scheme of the documents that show a plan and what became of it. */
export const planScheme = 'badgesmith-plan';

/** The `viewType` of webview panels. */
export const panels = { preview: 'badgesmith.preview', badgeForm: 'badgesmith.badgeForm' } as const;

export const settingsSection = 'badgesmith';

/** Names below `settingsSection`. */
export const settings = {
  instances: 'instances',
  path: 'path',
  style: 'style',
  facts: 'facts',
  useGitLabWorkflowAccount: 'useGitLabWorkflowAccount',
  validate: 'validate',
  placeholderHints: 'placeholderHints',
  codeLens: 'codeLens',
} as const;

export const contextKeys = {
  /** What the badges view has to say, one of `viewStates`. */
  state: 'badgesmith.state',
  /** Whether a token is kept for any instance. */
  signedIn: 'badgesmith.signedIn',
  /** What the view of levels has to say, one of `levelsViewStates`. */
  levelsState: 'badgesmith.levelsState',
  /** What the view of published badges has to say, one of `viewStates`. */
  publishedState: 'badgesmith.publishedState',
  /** Whether the token may change the badges of any project or group of that view. */
  mayPublish: 'badgesmith.mayPublish',
  /** Whether a comparison is in front that can be applied. */
  reviewing: 'badgesmith.reviewing',
} as const;

/** `loading` and `ready` show rows or progress; every other state has its welcome text. */
export const viewStates = ['loading', 'ready', 'noFolder', 'untrusted', 'noProject', 'signedOut', 'choose', 'refused', 'error'] as const;
export const levelsViewStates = [...viewStates, 'noConfig', 'unreadable'] as const;
export type ViewState = (typeof levelsViewStates)[number];

/** Words of a row's `contextValue`, which the menus ask for with `viewItem =~ /\bword\b/`. */
export const rowTraits = {
  folder: 'folder',
  /** A folder whose project needs a sign-in. */
  signedOut: 'signedOut',
  /** A folder with several projects to choose from. */
  several: 'several',
  badge: 'badge',
  /** A badge with a picture, that is, a known one. */
  drawn: 'drawn',
  /** A badge whose origin can be opened, in the browser or in an editor. */
  source: 'source',
  /** Whatever has its place in the configuration. */
  placed: 'placed',
  /** A project or group in the view of published badges. */
  target: 'target',
  /** A badge that stands on GitLab. */
  published: 'published',
  /** A badge that would stand on GitLab after a push. */
  pending: 'pending',
  /** The token may change the badges of this project or group, as far as is known. */
  writable: 'writable',
} as const;
