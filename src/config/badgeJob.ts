import { usualStyle, yamlLines, type YamlStyle, type YamlTable } from './yamlText';

/** `generate` keeps the badges fresh on the default branch; `review` checks what a merge request would change. */
export type BadgeJobKind = 'generate' | 'review';

export interface BadgeJobOptions {
  readonly kind: BadgeJobKind;
  /** An image that has the command line; null for one with Node, where the job installs it first. */
  readonly image: string | null;
  /** Where the badges are written, with `/`. */
  readonly folder: string;
  /** Whether the configuration has badges on GitLab to plan. */
  readonly plans: boolean;
}

/** What the job is called unless the name is taken. */
export const usualJobNames: Readonly<Record<BadgeJobKind, string>> = { generate: 'badges', review: 'check-badges' };

/** The CI/CD variable that says where npm finds the command line. */
const packageVariable = 'BADGESMITH_PACKAGE';

/** Node's long-term support. */
export const nodeImage = 'node:22-alpine';

/** The command that installs the command line in an image with Node. Without the variable the shell stops with these words. */
export const installCommand = `npm install --global "\${${packageVariable}:?set this CI/CD variable to what npm installs}"`;

const planCommand = 'badgesmith plan';
const cacheFolder = '.badgesmith';
const codeQualityReport = 'gl-code-quality-report.json';

/** Where a job has to stand among others. */
export interface JobPlace {
  /** Null where GitLab's own is right. */
  readonly stage: string | null;
  /** Jobs whose files it reads. */
  readonly needs: readonly string[];
  /** Scripts of all jobs that are not meant for its image. */
  readonly skips: readonly string[];
}

/** The job as a table, its keys in the order in which they are written. */
export function badgeJob({ kind, image, folder, plans }: BadgeJobOptions, { stage, needs, skips }: JobPlace): YamlTable {
  const script = kind === 'generate' ? [`badgesmith generate --cache ${cacheFolder}`] : reviewScript(plans);
  return {
    ...(stage !== null && { stage }),
    image: image ?? nodeImage,
    ...(needs.length > 0 && { needs: needs.map((job) => ({ job, optional: true })) }),
    rules: badgeRules(kind),
    ...Object.fromEntries(skips.map((key) => [key, []])),
    script: image === null ? [installCommand, ...script] : script,
    ...(kind === 'generate' && { allow_failure: true, cache: badgeCache(cacheFolder) }),
    artifacts: badgeArtifacts(kind, folder),
  };
}

export function badgeRules(kind: BadgeJobKind): readonly YamlTable[] {
  if (kind === 'review') return [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }];
  return [{ if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' }, { if: '$CI_PIPELINE_SOURCE == "schedule"' }];
}

/** What GitLab has answered, for the next run. */
export function badgeCache(folder: string): YamlTable {
  return { key: 'badges', paths: [folder] };
}

export function badgeArtifacts(kind: BadgeJobKind, folder: string): YamlTable {
  if (kind === 'review') return { when: 'always', reports: { codequality: codeQualityReport } };
  return { when: 'always', paths: [folder], expire_in: '3 months' };
}

/** The report comes first, since `check` fails where it finds an error; the log then says what the report does. */
function reviewScript(plans: boolean): readonly string[] {
  return [`badgesmith check --format codequality > ${codeQualityReport} || badgesmith check`, ...(plans ? [planCommand] : [])];
}

const comments: Readonly<Record<string, string>> = {
  allow_failure: 'one badge that fails is a warning',
  expire_in: 'the newest are kept longer',
};

/** The job as lines of a file, with a comment on what it needs. */
export function badgeJobLines(name: string, job: YamlTable, kind: BadgeJobKind, style: YamlStyle): readonly string[] {
  return [...headComment(kind, job), ...yamlLines(name, job, '', style, comments)];
}

function headComment(kind: BadgeJobKind, { script }: YamlTable): readonly string[] {
  const has = (command: string) => Array.isArray(script) && script.includes(command);
  const [installs, plans] = [has(installCommand), has(planCommand)];
  return [
    kind === 'generate' ? '# Keeps the badges fresh: on the default branch, and by a pipeline schedule.' : '# Checks the configuration of the badges in merge requests.',
    ...(installs || kind === 'generate' || plans ? ['# CI/CD variables:'] : []),
    ...(installs ? [`# ${packageVariable}: what npm installs, an address or a name.`] : []),
    ...(kind === 'generate' ? ['# GITLAB_TOKEN: masked, scope read_api; without it only some facts are read.'] : []),
    ...(plans ? ['# GITLAB_TOKEN: masked, not protected, scope read_api; reads the badges on GitLab.'] : []),
  ];
}

/** The job as our documentation shows it. */
export function usualBadgeJob(kind: BadgeJobKind): string {
  const job = badgeJob({ kind, image: null, folder: 'public/badges', plans: true }, { stage: null, needs: [], skips: [] });
  return badgeJobLines(usualJobNames[kind], job, kind, usualStyle).join('\n');
}

/** An image of one's own for the jobs, from the package that `npm pack` makes. */
export const badgeDockerfile = `# The command line of Badgesmith, for badge jobs that start at once. \`npm pack\` makes the package.
FROM ${nodeImage}
COPY badgesmith-*.tgz /tmp/badgesmith.tgz
RUN npm install --global /tmp/badgesmith.tgz && npm cache clean --force && rm /tmp/badgesmith.tgz
`;
