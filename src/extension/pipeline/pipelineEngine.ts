import { readCiFile } from '../../app/ciJobs';
import { defaultPath } from '../../app/collect';
import { checkWritable, openFolder } from '../../app/diskFolder';
import { loadConfig } from '../../app/loadConfig';
import { planMigration, type Migration } from '../../app/migrate';
import type { Folder } from '../../app/ports';
import { surveyFolder, type SurveyPorts } from '../../app/surveyProject';
import { badgeDockerfile, type BadgeJobKind } from '../../config/badgeJob';
import { complaintsAboutBadgeUrl } from '../../config/badgeUrl';
import { addBadgeJob, type CiEdit } from '../../config/editCi';
import { maxTextLength } from '../../config/limits';
import { lineTable, positionAt } from '../../config/position';
import { proposeConfig } from '../../config/proposeConfig';
import { precede, type GeneratorDefinition } from '../../core/definition';
import type { BadgeRecord } from '../../core/plan';
import { listBadges, ownBadges } from '../../gitlab/badges';
import { judgeCi, type CiVerdict } from '../../gitlab/ciLint';
import type { Connection } from '../../gitlab/connection';
import { isGitLabError } from '../../gitlab/gitlabError';
import type { ProjectAccess } from '../projectAccess';

/** The texts of a folder, as they are open in editors. */
type Texts = Pick<Folder, 'readText' | 'find'>;

export interface WantedJob {
  readonly kind: BadgeJobKind;
  /** An image that has the command line; null to install it. */
  readonly image: string | null;
}

/** What the commands about pipelines ask for. Whatever asks GitLab rejects with GitLabError, or when aborted. */
export function createPipelineEngine({ connect }: { readonly connect: (project: ProjectAccess) => Connection }) {
  return {
    dockerfile: badgeDockerfile,

    /**
     * The text of `.gitlab-ci.yml` with the badge job.
     * @param text empty for a new file
     */
    async addJob(text: string, { kind, image }: WantedJob, files: Texts, settings: GeneratorDefinition, signal: AbortSignal): Promise<CiEdit> {
      const [ci, { definition }] = await Promise.all([readCiFile(files, signal), loadConfig(files)]);
      const { path, junitXml, coverageReport, findingsReport, publish } = precede(definition, settings);
      // An artifact of an earlier pipeline needs no job of this one.
      const reports = [...(junitXml ?? []), ...(coverageReport ?? []), ...(findingsReport ?? [])].flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
      return addBadgeJob(text, ci, { kind, image, folder: path?.value ?? defaultPath, plans: publish !== undefined, reports });
    },

    /** Null where the folder has nothing of badges-gitlab. */
    migrate(files: Texts, signal: AbortSignal): Promise<Migration | null> {
      return planMigration(files, signal);
    },

    judge(project: ProjectAccess, text: string, signal: AbortSignal): Promise<CiVerdict> {
      return judgeCi(connect(project), project.ref.project, text, signal);
    },

    /**
     * A configuration that fits what is found in a folder, and on GitLab where that can be asked. Rejects when aborted.
     * @param access null without a sign-in
     */
    async propose(root: string, { files, search }: Omit<SurveyPorts, 'folder'>, instance: string | null, access: ProjectAccess | null, signal: AbortSignal): Promise<string> {
      const [{ job, ...survey }, published] = await Promise.all([surveyFolder({ files, folder: openFolder(root), search }, signal), access && publishedBadges(connect(access), access, signal)]);
      return proposeConfig({ ...survey, published, place: instance === null ? null : { instance, job } });
    },

    /** Where a problem stands, as `FILE:LINE:COLUMN: MESSAGE`. */
    placed(file: string, text: string, problem: string, offset: number | null): string {
      if (offset === null) return `${file}: ${problem}`;
      const { line, column } = positionAt(lineTable(text), offset);
      return `${file}:${line}:${column}: ${problem}`;
    },

    /** Rejects with FileError where a file leads out of the folder, cannot be read, or must not be written. */
    async checkFile(root: string, file: string): Promise<void> {
      // What is too long is said with its place when the text is read.
      await openFolder(root).readText(file, 4 * maxTextLength);
      await checkWritable(root, file);
    },
  };
}

/** The project's own badges that a configuration can say; null where GitLab does not tell. */
async function publishedBadges(connection: Connection, { ref }: ProjectAccess, signal: AbortSignal): Promise<readonly BadgeRecord[] | null> {
  const target = { scope: 'project', path: ref.project } as const;
  try {
    const badges = ownBadges(target, await listBadges(connection, target, {}, signal));
    const isSound = (url: string) => complaintsAboutBadgeUrl(url).every(({ severity }) => severity !== 'error');
    return badges.filter(({ link_url, image_url }) => isSound(link_url) && isSound(image_url)).map(({ name, link_url, image_url }) => ({ name, link_url, image_url }));
  } catch (error) {
    signal.throwIfAborted();
    if (!isGitLabError(error)) throw error;
    return null;
  }
}
