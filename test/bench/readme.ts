import { readReadme } from '../../src/config/readme/document';
import { judgeReadme } from '../../src/config/readme/judge';
import { updateReadme } from '../../src/config/readme/update';
import type { ReadmeValues } from '../../src/config/readme/values';

const runs = 7;

/** What a pause of typing costs in a README of an ordinary size and of 2 MB, in milliseconds (medians). */
export function benchReadme() {
  const ordinary = readmeOf(20_000);
  const large = readmeOf(2_000_000);
  return { large: { bytes: large.length, ...cost(large) }, ordinary: { bytes: ordinary.length, ...cost(ordinary) } };
}

function cost(text: string) {
  const readMs = median(() => readReadme(text, 'markdown'));
  const document = readReadme(text, 'markdown');
  const judgeMs = median(() => {
    judgeReadme(document, values);
    updateReadme(document, values, 'artifact');
  });
  return { images: document.images.length, readMs, judgeMs };
}

function median(run: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? NaN;
}

/** Badges at the start, then headings, lists, links, code, tables and a picture now and then, until it is long enough. */
function readmeOf(length: number): string {
  const head = `# Shop\n\n<!-- badges:start -->\n${Array.from({ length: 12 }, (_, index) => `[![badge ${index}](../-/jobs/artifacts/main/raw/public/badges/b${index}.svg?job=badges)](https://gitlab.example.com/acme/shop)`).join('\n')}\n<!-- badges:end -->\n`;
  const section = '\n## Section\n\nSome words with `code`, *emphasis* and a [link](https://example.org/a?b=c).\n\n- first\n- second: `npm test`\n\n```ts\nconst a = [1, 2, 3].map((x) => x * 2);\n```\n\n| a | b |\n|--|--|\n| 1 | ![x](docs/x.png) |\n';
  return head + section.repeat(Math.max(1, Math.ceil((length - head.length) / section.length)));
}

const values: ReadmeValues = {
  place: { instance: 'https://gitlab.example.com', project: 'acme/shop', branch: 'main', path: 'public/badges', job: 'badges', pages: 'https://acme.gitlab.example.com/shop', document: 'README.md', json: 'artifactUrl' },
  badges: null,
  isComplete: false,
  files: new Set(),
  branches: ['main'],
  ci: null,
};
