import { type FactDetail, factDetails, factStems } from '../facts';
import { junitStems } from '../junitStems';

/** The badges that coverage reports and findings make; `coverage` is one of the facts, too. */
const reportStems = ['branch_coverage', 'findings'] as const;

const detailDocs: Readonly<Record<FactDetail, string>> = {
  'project.path': 'Full path of the project, such as `acme/shop`.',
  'project.url': 'Address of the project’s page.',
  'project.created': 'When the project was made, for `date` and `age`.',
  'project.active': 'When something last happened in the project, for `date` and `age`.',
  'repository.bytes': 'Size of the repository, for `bytes`.',
  'artifacts.bytes': 'Size of the artifacts of jobs, for `bytes`.',
  'release.name': 'Name of the latest release, by date.',
  'release.tag': 'Tag of the latest release, by date.',
  'release.version': 'The highest version among the tags of releases, without a `v`.',
  'release.date': 'When the latest release was published, for `date` and `age`.',
  'tag.name': 'The tag with the newest commit.',
  'tag.version': 'The highest version among tags, without a `v`.',
  'tag.date': 'When the newest tagged commit was made, for `date` and `age`.',
  'commit.sha': 'The newest commit of the branch, for `cut`.',
  'commit.date': 'When the newest commit of the branch was made, for `date` and `age`.',
  'language.name': 'The language most of the code is written in.',
  'language.percent': 'How much of the code that is, in percent.',
  'package.name': 'Name of the package.',
  'package.version': 'Latest version of the package.',
};

/** The key of the configuration that a name needs: without reports nothing is known of it. */
export function reportKeyOf(name: string): 'junit_xml' | 'coverage_report' | 'findings_report' | null {
  if ((junitStems as readonly string[]).includes(name)) return 'junit_xml';
  return name === 'branch_coverage' ? 'coverage_report' : name === 'findings' ? 'findings_report' : null;
}

/** What expressions know by name, with what it is: Markdown. */
export const templateNames: ReadonlyMap<string, string> = new Map<string, string>([
  ...[...factStems, ...junitStems, ...reportStems].map((stem) => [stem, `What the badge \`${stem}\` shows.`] as const),
  ...factDetails.map((name) => [name, detailDocs[name]] as const),
]);
