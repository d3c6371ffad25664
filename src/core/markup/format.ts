/** The languages of documents that GitLab renders and VS Code people write READMEs in. */
export const markupFormats = ['markdown', 'asciidoc', 'restructuredtext', 'html', 'org', 'textile', 'rdoc'] as const;
export type MarkupFormat = (typeof markupFormats)[number];

/** Endings by which GitLab knows a format (its `Gitlab::MarkupHelper` and github-markup). */
export const formatEndings: Readonly<Record<MarkupFormat, readonly string[]>> = {
  markdown: ['md', 'mdown', 'mkd', 'mkdn', 'markdown', 'rmd', 'qmd'],
  asciidoc: ['adoc', 'ad', 'asciidoc', 'asc'],
  restructuredtext: ['rst'],
  html: ['html', 'htm'],
  org: ['org'],
  textile: ['textile'],
  rdoc: ['rdoc'],
};

/** Ids of languages in VS Code that are called otherwise than the format. */
const otherIds: Readonly<Record<string, MarkupFormat>> = { rst: 'restructuredtext', 'org-mode': 'org', quarto: 'markdown', rmd: 'markdown' };

/** The format of a document by its language in the editor, else by the ending of its name; null for what is no such document. */
export function formatOf(languageId: string, path: string): MarkupFormat | null {
  const byLanguage = markupFormats.find((format) => format === languageId) ?? otherIds[languageId];
  if (byLanguage) return byLanguage;
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase();
  return markupFormats.find((format) => ending !== undefined && formatEndings[format].includes(ending)) ?? null;
}

/** Whether a path is that of a README in any of these formats. GitLab takes one without an ending for plain text. */
export function isReadme(path: string): boolean {
  return /(?:^|[\\/])readme\.\w+$/i.test(path) && formatOf('', path) !== null;
}
