import { parse, stringify } from 'yaml';
import { findProject, findProjectFor, projectRole } from '../access';
import { forbidden, json, notFound } from '../answer';
import { accessLevel, headOf, projectPath, type FakeProject } from '../data';
import type { Entity } from '../entities';
import { flag, text } from '../params';
import type { Call, Router } from '../router';

type Table = Record<string, unknown>;

const keywords = new Set(['default', 'include', 'stages', 'variables', 'workflow', 'image', 'services', 'cache', 'before_script', 'after_script']);

/** Judges the pipeline of the default branch, or one that is sent. Includes local files and those of other projects on this server. */
export function ciLintRoutes(router: Router): void {
  const params = { dry_run: flag, ref: text, include_jobs: flag };
  router.get('/projects/:id/ci/lint', { params: { ...params, sha: text, content_ref: text, dry_run_ref: text } }, (call) => {
    const project = findProjectFor(call, 'repository');
    if (!headOf(project)) throw notFound('Repository');
    return json(judge(call, project, project.files.get('.gitlab-ci.yml')));
  });

  router.post('/projects/:id/ci/lint', { params: { ...params, content: { type: 'string', required: true } } }, (call) => {
    const project = findProject(call);
    if (projectRole(call.caller(), project) < accessLevel.developer) throw forbidden();
    return json(judge(call, project, call.params.text('content') ?? ''));
  });
}

/** A part of what GitLab looks at, in its words. */
function judge(call: Call, project: FakeProject, content: string | Buffer | undefined): Entity {
  const errors: string[] = [];
  const merged = expand(project, '.gitlab-ci.yml', content);
  if (merged && errors.length === 0) errors.push(...faultsOf(merged));
  const isValid = errors.length === 0;
  const jobs = isValid ? jobsOf(merged ?? {}).map(([name, { stage }]) => ({ name, stage: stage ?? 'test', when: 'on_success', allow_failure: false })) : [];
  return {
    valid: isValid,
    errors,
    warnings: isValid ? warningsOn(merged ?? {}) : [],
    merged_yaml: isValid ? stringify(merged) : null,
    includes: [],
    ...(call.params.flag('include_jobs') ? { jobs } : {}),
  };

  function expand(from: FakeProject, path: string, text: string | Buffer | undefined): Table | null {
    let root: unknown = null;
    try {
      // Its references are no business of a linter that runs nothing.
      root = text === undefined ? null : parse(String(text), { logLevel: 'error', uniqueKeys: false });
    } catch (error) {
      const { linePos } = error as { readonly linePos?: readonly { readonly line: number; readonly col: number }[] };
      errors.push(`(<unknown>): did not find expected key while parsing a block mapping at line ${linePos?.[0]?.line ?? 1} column ${linePos?.[0]?.col ?? 1}`);
      return null;
    }
    if (!isTable(root)) {
      errors.push(path !== '.gitlab-ci.yml' || from !== project ? `Local file \`${path}\` does not exist!` : text === undefined || root === null ? 'Please provide content of .gitlab-ci.yml' : 'Invalid configuration format');
      return null;
    }
    const { include, ...own } = root;
    const included = [include].flat().map((entry) => {
      const local = typeof entry === 'string' ? entry : isTable(entry) ? entry['local'] : null;
      if (typeof local === 'string') return expand(from, withoutSlash(local), from.files.get(withoutSlash(local)));
      if (!isTable(entry)) return null;
      const other = call.instance.data.projects.find((each) => projectPath(each) === entry['project']);
      const file = typeof entry['file'] === 'string' ? withoutSlash(entry['file']) : null;
      return other && file !== null ? expand(other, file, other.files.get(file)) : null;
    });
    return [...included, own].reduce<Table>((sum, each) => deepMerge(sum, each ?? {}), {});
  }
}

function faultsOf(root: Table): readonly string[] {
  const jobs = jobsOf(root);
  if (jobs.length === 0) return ['jobs config should contain at least one visible job'];
  const stages = ['.pre', ...(Array.isArray(root['stages']) ? root['stages'].map(String) : ['build', 'test', 'deploy']), '.post'];
  return jobs.flatMap(([name, job]) => {
    const stage = typeof job['stage'] === 'string' ? job['stage'] : 'test';
    const needs = [job['needs']].flat().flatMap((need) => (typeof need === 'string' ? [need] : isTable(need) && need['optional'] !== true && typeof need['job'] === 'string' ? [need['job']] : []));
    const parents = [job['extends']].flat().filter((parent) => typeof parent === 'string' && !(parent in root));
    return [
      ...(parents.length > 0 ? [`${name}: unknown keys in \`extends\` (${parents.join(', ')})`] : []),
      ...('script' in job || 'trigger' in job || 'run' in job || 'extends' in job ? [] : [`jobs ${name} config should implement the script:, run:, or trigger: keyword`]),
      ...('rules' in job && ('only' in job || 'except' in job) ? [`jobs:${name} config key may not be used with \`rules\`: ${'only' in job ? 'only' : 'except'}`] : []),
      ...(stages.includes(stage) ? [] : [`${name} job: chosen stage ${stage} does not exist; available stages are ${stages.join(', ')}`]),
      ...needs.filter((need) => !jobs.some(([other]) => other === need)).map((need) => `${name} job: undefined need: ${need}`),
    ];
  });
}

function warningsOn(root: Table): readonly string[] {
  if ('workflow' in root) return [];
  return jobsOf(root).flatMap(([name, { rules }]) => {
    const last: unknown = Array.isArray(rules) ? rules.at(-1) : null;
    return isTable(last) && !('if' in last) && last['when'] !== undefined && last['when'] !== 'never' ? [`jobs:${name} may allow multiple pipelines to run for a single action due to \`rules:when\` clause with no \`workflow:rules\` - read more: https://docs.gitlab.com/ci/jobs/job_troubleshooting/`] : [];
  });
}

function jobsOf(root: Table): readonly (readonly [name: string, job: Table])[] {
  return Object.entries(root).flatMap(([name, value]) => (!name.startsWith('.') && !keywords.has(name) && isTable(value) ? [[name, value] as const] : []));
}

function withoutSlash(path: string): string {
  return path.replace(/^\//, '');
}

function deepMerge(lower: Table, upper: Table): Table {
  const merged = { ...lower };
  for (const [key, value] of Object.entries(upper)) {
    const before = merged[key];
    merged[key] = isTable(before) && isTable(value) ? deepMerge(before, value) : value;
  }
  return merged;
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
