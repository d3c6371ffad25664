import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { findImages } from '../../../src/core/markup/scan';

type Node = ReturnType<typeof fromMarkdown> | ReturnType<typeof fromMarkdown>['children'][number];

/** The images of Markdown's own form by a parser of CommonMark, and the tags that it takes over. */
function byParser(text: string): { readonly images: readonly number[]; readonly tags: readonly (readonly [number, number])[] } {
  const images: number[] = [];
  const tags: (readonly [number, number])[] = [];
  const visit = (node: Node): void => {
    const [start = 0, end = 0] = [node.position?.start.offset, node.position?.end.offset];
    if ((node.type === 'image' && node.url !== '') || node.type === 'imageReference') images.push(start);
    if (node.type === 'html') tags.push([start, end]);
    if ('children' in node) node.children.forEach(visit);
  };
  visit(fromMarkdown(text));
  return { images: images.sort((a, b) => a - b), tags };
}

function check(text: string): void {
  const { images, tags } = byParser(text);
  const found = findImages(text, 'markdown');
  const own = found.filter(({ isTag }) => !isTag).map(({ range, link }) => range.start + (link ? 1 : 0));
  assert.deepEqual(own, images, JSON.stringify(text));
  for (const { range, isTag } of found) if (isTag) assert.ok(tags.some(([start, end]) => start <= range.start && range.start < end), JSON.stringify(text));
}

const image = '![a](x.svg)';

describe('the images of Markdown, held against a parser of CommonMark', () => {
  const documents = [
    `    ${image}`,
    `\t${image}`,
    `text\n    ${image}`,
    `text\n\n    ${image}\n\n    ${image}\n${image}`,
    `- item\n\n      ${image}`,
    `- item\n\n  ${image}`,
    `- item\n\n    ${image}`,
    `1. item\n\n    ${image}\n\n       ${image}`,
    `-\t${image}\n\n\t${image}\n\n\t\t${image}`,
    `-     ${image}`,
    `> ${image}\n>     ${image}\n>\n>     ${image}`,
    `- a\n  \`\`\`\n  ${image}\n  \`\`\`\n  ${image}`,
    `- a\n  - b\n    ~~~ md\n    ${image}\n${image}`,
    `> \`\`\`\n> ${image}\n${image}`,
    `\`\`\`\n${image}\n    \`\`\`\n${image}\n\`\`\`\`\n${image}`,
    `\`\`\` a\`b\n${image}`,
    `<!-- ${image} -->\n${image}`,
    `<!-- a -->${image}\n${image}`,
    `text <!-- ${image} --> ${image}`,
    `text <!-- ${image}\n${image} --> ${image}`,
    `text <!-- ${image}\n\n${image} -->`,
    `<!-- a\n\n${image}\n-->\n${image}`,
    `<pre>\n${image}\n\n${image}\n</pre>\n${image}`,
    `text <pre>${image}</pre>`,
    `<script>\n\n${image}</script> ${image}\n${image}`,
    `<div align="center">\n${image}\n\n${image}\n</div>\n${image}`,
    `<p>${image}</p>\n\n${image}`,
    `<a href="x">\n${image}</a>\n\n${image}`,
    `text\n<a href="x">\n${image}</a>`,
    `text\n<div>\n${image}`,
    `<img alt="${image}">\n\ntext <img alt="${image}">`,
    `<https://x.org/${image}>`,
    `<?x ${image} ?>\n${image}\n<!X ${image} >\n${image}\n<![CDATA[ ${image} ]]>\n${image}`,
    `# a ${image}\n${image}\n===\n${image}\n---`,
    `![a\n# b](x.svg)`,
    `![a\n\nb](x.svg)`,
    `![a\nb](x.svg)`,
    `![a\n- b](x.svg)`,
    `![a\n2. b](x.svg)`,
    `![a ![b](y.svg) [c](z)](x.svg)`,
    `[![a](x.svg)](y) [![a](x.svg)][b]\n\n[b]: z`,
    `[a [b](c) ![d](e)](f)`,
    `[a](![b](c))`,
    `![a][b] ![b] ![b][] ![c][b]\n\n[B]: x.svg 'title'\n[c]:\n  <y z.svg>`,
    `text\n[b]: x.svg\n\n![b]`,
    `> [b]: x.svg\n\n![b]`,
    `[r]: x.svg\n===\n    ${image}\n${image}`,
    `[r]: x.svg\n---\n    ${image}\n${image}`,
    `[r]: x.svg\ntext\n===\n    ${image}\n${image}`,
    `![a](x`,
    `![a](x.svg "title)`,
    `![a](x.svg "title")`,
    `![a](<x y.svg> 'title') ![a](<x`,
    `\\![a](x) !\\[a](x) ![a\\](x) \\\\![a](x)`,
    `\`![a](x)\` \`\` ![a](x)\`![a](x)\` \`\`![a](x)\` \\\`![a](x)\``,
    `\`a\n\n![a](x)\``,
    `* * *\n${image}\n***\n    ${image}`,
    `-\n\n  ${image}\n\n-\n  ${image}`,
    `-\n  > a\n\n  ${image}\n\n      ${image}`,
    `1. a\n1) b\n    ${image}\n\n    ${image}`,
    `- a\n${image}\n    ${image}\n\n    ${image}\n\n${image}`,
    `> a\n${image}\n    ${image}\n\n    ${image}`,
    `${image}\r\n\r\n    ${image}\r\n\r\n\`\`\`\r\n${image}\r\n\`\`\`\r\n${image}\r\n`,
  ];
  for (const text of documents) it(JSON.stringify(text), () => check(text));

  it('are the same in documents of any such lines', () => {
    const mark = fc.constantFrom('', '', '', '> ', '>', '- ', '-', '1. ', '* ', ' ', '  ', '   ', '    ', '     ', '\t', ' \t', '+\t');
    const content = fc.constantFrom(
      ...[image, image, `a ${image} b`, `[![b](y.svg)](z)`, '![a][r]', '![r]', '[r]: x.svg', '', '', 'text', '```', '~~~', '````', '# a', '---', '===', '***', '<!--', '-->', '<!-- a -->', `<!-- ${image} -->`],
      ...['<pre>', 'a </pre>', '<div>', '</div>', 'a <a href="x">', 'a </a>', `<p>${image}</p>`, '`a', '``', `\`${image}\``, `text <!-- ${image}`, `--> ${image}`, '![a', 'b](x.svg)', '\\', `\\${image}`, `a <img src="x.svg" alt="${image}">`, 'a <b title="', '">', '[', ']', '(x)'],
    );
    // Not what parsers differ in: an empty item in a quote that ends a paragraph, and a tag alone on a line behind the end of a quote or item.
    const line = fc.tuple(fc.array(mark, { maxLength: 3 }), content).map(([marks, text]) => marks.filter((each) => text !== '' || !/[-*+1]/.test(each)).join('') + text);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 10 }), fc.constantFrom('\n', '\r\n'), (lines, lineBreak) => check(['text', '', ...lines].join(lineBreak))),
      { numRuns: 2000 },
    );
  });
});
