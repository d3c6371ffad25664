import { parse, stringify } from 'yaml';
import { findProjectFor } from '../access';
import { json, notFound } from '../answer';
import { headOf, projectPath, type FakeProject } from '../data';
import { flag, text } from '../params';
import type { Router } from '../router';

type Table = Record<string, unknown>;

const keywords = new Set(['default', 'include', 'stages', 'variables', 'workflow', 'image', 'services', 'cache', 'before_script', 'after_script']);

/** Judges the pipeline of the default branch. Includes local files and those of other projects on this server. */
export function ciLintRoutes(router: Router): void {
  const params = { sha: text, content_ref: text, dry_run: flag, dry_run_ref: text, ref: text, include_jobs: flag };
  router.get('/projects/:id/ci/lint', { params }, (call) => {
    const project = findProjectFor(call, 'repository');
    if (!headOf(project)) throw notFound('Repository');
    const errors: string[] = [];
    const merged = expand(project, '.gitlab-ci.yml');
    const jobs = Object.entries(merged ?? {}).filter(([name, value]) => !name.startsWith('.') && !keywords.has(name) && isTable(value));
    return json({
      valid: errors.length === 0,
      errors,
      warnings: [],
      merged_yaml: errors.length === 0 ? stringify(merged) : null,
      includes: [],
      ...(call.params.flag('include_jobs') ? { jobs: errors.length === 0 ? jobs.map(([name]) => ({ name, stage: 'test', when: 'on_success', allow_failure: false })) : [] } : {}),
    });

    function expand(from: FakeProject, path: string): Table | null {
      const content = from.files.get(path);
      const root: unknown = content === undefined ? null : parse(String(content));
      if (!isTable(root)) {
        errors.push(path === '.gitlab-ci.yml' && from === project ? 'Please provide content of .gitlab-ci.yml' : `Local file \`${path}\` does not exist!`);
        return null;
      }
      const { include, ...own } = root;
      const included = [include].flat().map((entry) => {
        if (typeof entry === 'string') return expand(from, entry.replace(/^\//, ''));
        if (!isTable(entry)) return null;
        if (typeof entry['local'] === 'string') return expand(from, entry['local'].replace(/^\//, ''));
        const other = call.instance.data.projects.find((each) => projectPath(each) === entry['project']);
        return other && typeof entry['file'] === 'string' ? expand(other, entry['file'].replace(/^\//, '')) : null;
      });
      return [...included, own].reduce<Table>((sum, each) => deepMerge(sum, each ?? {}), {});
    }
  });
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
