import * as vscode from 'vscode';
import { loadConfig } from '../../app/loadConfig';
import { badgeJob } from '../../config/readme/judge';
import type { ReadmeValues } from '../../config/readme/values';
import { precede } from '../../core/definition';
import { pagesAddress } from '../badgeForm/pagesAddress';
import type { LiveValues } from '../language/liveValues';
import { ShortMemory } from '../language/shortMemory';
import { textsIn } from '../language/workspaceTexts';
import { generatorSettings } from '../settings';
import type { KnownBadges, ReadmePorts } from './ports';
import type { ProjectTraits } from './projectTraits';
import { repositoryOf, type Repository } from './repository';

/** What the CI job of the badges is called in our documentation. */
const usualJob = 'badges';
const maxFiles = 1000;

/** What lies outside of a document: what its folder, git and the views know. */
export class ReadmeContext {
  readonly #memory = new ShortMemory();

  constructor(
    private readonly live: LiveValues,
    private readonly ports: ReadmePorts,
  ) {}

  /** Something that was found out may be out of date. */
  forget(): void {
    this.#memory.clear();
  }

  /** Without asking GitLab for anything; null outside of the workspace. */
  async values(uri: vscode.Uri): Promise<ReadmeValues | null> {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (!folder) return null;
    const known = await this.#memory.get(`known ${folder.uri.toString()}`, () => this.ports.known(folder));
    return this.#valuesOf(uri, folder, known, null);
  }

  /** Reads what is not known yet, for a command. Rejects only when aborted. */
  async readValues(uri: vscode.Uri, folder: vscode.WorkspaceFolder, signal: AbortSignal): Promise<ReadValues> {
    this.forget();
    const { traits, ...known } = await this.ports.read(folder, signal);
    return { values: await this.#valuesOf(uri, folder, known, traits), known, traits, repository: await this.#repository(folder) };
  }

  async #valuesOf(uri: vscode.Uri, folder: vscode.WorkspaceFolder, known: KnownBadges, traits: ProjectTraits | null): Promise<ReadmeValues> {
    const [repository, ci, local] = await Promise.all([this.#repository(folder), this.live.ci(folder), known.path ?? this.#path(folder)]);
    const prefix = repository?.prefix ?? '';
    const path = normalized(local);
    const files = await this.#memory.get(`files ${folder.uri.toString()} ${path}`, async () => {
      const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, `${path}/*.{svg,json}`), null, maxFiles);
      return found.map((file) => `${prefix}${vscode.workspace.asRelativePath(file, false)}`);
    });
    const { project } = known;
    const place = {
      instance: project?.instance ?? unknownInstance,
      project: project?.project ?? '',
      branch: traits?.defaultBranch ?? repository?.defaultBranch ?? '',
      path: `${prefix}${path}`,
      job: usualJob,
      pages: project && /\//.test(project.project) ? pagesAddress(project.instance, project.project, traits?.pagesDomain ?? null) : unknownInstance,
      document: `${prefix}${vscode.workspace.asRelativePath(uri, false)}`,
      json: 'artifactUrl' as const,
    };
    return {
      place: { ...place, branch: place.branch || likelyBranch(repository), job: badgeJob({ ci, place }) ?? usualJob },
      badges: known.badges,
      isComplete: known.badges !== null && known.obstacle === null,
      files: new Set(files),
      // A branch can be missed only where it is known which one is meant instead.
      branches: place.branch === '' ? [] : (repository?.branches ?? []),
      ci,
    };
  }

  #repository(folder: vscode.WorkspaceFolder): Promise<Repository | null> {
    return this.#memory.get(`repository ${folder.uri.toString()}`, () => repositoryOf(folder.uri));
  }

  /** The folder of the badges by the configuration, as the generator finds it. */
  #path(folder: vscode.WorkspaceFolder): Promise<string> {
    return this.#memory.get(`path ${folder.uri.toString()}`, async () => {
      const { definition } = await loadConfig(textsIn(folder));
      return precede(definition, generatorSettings(folder.uri)).path?.value ?? '';
    });
  }
}

export interface ReadValues {
  readonly values: ReadmeValues;
  readonly known: KnownBadges;
  readonly traits: ProjectTraits | null;
  readonly repository: Repository | null;
}

/** No address of a picture starts like this. */
const unknownInstance = 'about:blank';

function likelyBranch(repository: Repository | null): string {
  return ['main', 'master'].find((name) => repository?.branches.includes(name)) ?? 'main';
}

function normalized(path: string): string {
  return path.replace(/^(?:\.?\/)+|\/+$/g, '');
}
