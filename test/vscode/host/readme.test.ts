import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { writeImages, type ImageToWrite } from '../../../src/core/markup/write';
import { useDocuments } from './documents';

/** What is written into documents, as VS Code's own Markdown preview renders it, and what the editor shows of it. */
describe('badges in documents in VS Code', () => {
  const { write, open, problems, at } = useDocuments();

  describe('the Markdown preview', () => {
    const images: readonly ImageToWrite[] = [
      { alt: 'license: MIT', url: '../-/jobs/artifacts/main/raw/public/badges/license_name.svg?job=badges', link: 'https://gitlab.example.com/acme/shop' },
      { alt: '](javascript:alert(1))', url: 'public/badges/evil.svg', link: 'javascript:alert(1)' },
      { alt: '<img src=x onerror=alert(1)> & "quotes" \\ `code` *b* _i_ | &copy;', url: 'https://example.org/a (1).svg?a=1&copy;=2', link: 'https://example.org/[x]' },
      { alt: '$a$ ~~b~~ [c][d] :smile: <!-- x -->', url: 'a.svg' },
    ];

    async function rendered(markdown: string): Promise<readonly { readonly alt: string; readonly url: string; readonly link: string | null }[]> {
      const html = await vscode.commands.executeCommand<string>('markdown.api.render', markdown);
      assert.equal(typeof html, 'string');
      assert.doesNotMatch(html.replace(/"[^"]*"/g, '""'), /<script|onerror|javascript/i);
      assert.doesNotMatch(html, /(?:href|src)="javascript/i);
      return [...html.matchAll(/(?:<a (?:[^>]*? )?href="([^"]*)"[^>]*>)?<img ((?:"[^"]*"|[^">])*)>/g)].map((match) => {
        const attribute = (name: string) => decoded(new RegExp(`\\b${name}="([^"]*)"`).exec(match[2] ?? '')?.[1] ?? '');
        return { alt: attribute('alt'), url: attribute('src'), link: match[1] === undefined ? null : decoded(match[1]) };
      });
    }
    const decoded = (text: string) => text.replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replace(/&amp;/g, '&');

    for (const arrangement of ['row', 'lines'] as const) {
      it(`shows exactly the badges that were written in ${arrangement === 'row' ? 'a row' : 'lines'}`, async () => {
        assert.deepEqual(await rendered(writeImages(images, 'markdown', arrangement)), [
          { alt: 'license: MIT', url: '../-/jobs/artifacts/main/raw/public/badges/license_name.svg?job=badges', link: 'https://gitlab.example.com/acme/shop' },
          { alt: '](javascript:alert(1))', url: 'public/badges/evil.svg', link: 'public/badges/evil.svg' },
          { alt: images[2]!.alt, url: 'https://example.org/a%20%281%29.svg?a=1&copy;=2', link: 'https://example.org/%5Bx%5D' },
          { alt: images[3]!.alt, url: 'a.svg', link: 'a.svg' },
        ]);
      });
    }

    it('shows them in a table, a heading and a list, too', async () => {
      const row = writeImages([{ alt: 'a|b', url: 'x.svg', link: 'https://example.org/a|b' }], 'markdown');
      for (const markdown of [`| Build |\n|--|\n| ${row} |`, `# Shop ${row}`, `- ${row}`, `> ${row}`]) {
        assert.deepEqual(await rendered(markdown), [{ alt: 'a|b', url: 'x.svg', link: 'https://example.org/a%7Cb' }], markdown);
      }
    });

    it('shows HTML as it was written', async () => {
      const [license] = images;
      assert.deepEqual(await rendered(writeImages([license!], 'html')), [{ alt: 'license: MIT', url: license!.url, link: license!.link }]);
    });

    it('does not show the markers of a block', async () => {
      const html = await vscode.commands.executeCommand<string>('markdown.api.render', '# Shop\n\n<!-- badges:start -->\n![a](a.svg)\n<!-- badges:end -->\n\ntext');
      assert.doesNotMatch(html.replace(/<!--.*?-->/g, ''), /badges/);
      assert.match(html, /<img /);
    });
  });

  it('underlines what is wrong with badges, in any format, and mends it', async () => {
    write('.gitlab-ci.yml', 'badges:\n  script: x\n  artifacts:\n    paths: [public/badges]\n');
    const document = await open('README.rst', 'Shop\n====\n\n.. image:: http://img.shields.io/badge/a-b-red\n   :alt: a\n\n.. image:: ../-/jobs/artifacts/main/raw/public/badges/x.svg?job=bages\n');
    await problems(document.uri, ['http-image', 'missing-alt', 'unknown-job']);
    const fixes = async (position: vscode.Position) => vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, new vscode.Range(position, position), vscode.CodeActionKind.QuickFix.value);
    for (const [place, title] of [['http:', 'Replace with https'], ['bages', 'Use the artifacts of the job “badges”'], ['.. image:: ..', 'Insert the alternative text “x”']] as const) {
      const fix = (await fixes(at(document, place, 1))).find((each) => each.title === title);
      assert.ok(fix?.edit, title);
      await vscode.workspace.applyEdit(fix.edit);
    }
    assert.equal(document.getText(), 'Shop\n====\n\n.. image:: https://img.shields.io/badge/a-b-red\n   :alt: a\n\n.. image:: ../-/jobs/artifacts/main/raw/public/badges/x.svg?job=badges\n   :alt: x\n');
    await problems(document.uri, []);
  });

  it('leaves pictures alone that are no badges', async () => {
    const document = await open('NOTES.md', '![](http://example.org/x.png) ![](docs/logo.svg)\n\n![](http://img.shields.io/x)');
    assert.equal((await problems(document.uri, ['http-image', 'missing-alt'])).length, 2);
  });

  async function hovered(document: vscode.TextDocument, word: string): Promise<string> {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at(document, word));
    return hovers.map(({ contents }) => contents.map((content) => (content as vscode.MarkdownString).value).join('\n\n')).filter((text) => /another service/.test(text)).join();
  }

  it('shows a badge of another service under the mouse, as that service shows it', async () => {
    const document = await open('README.md', '![a](https://img.shields.io/badge/a_(b)-c-red)\n');
    assert.equal(await hovered(document, 'img'), '![](https://img.shields.io/badge/a_%28b%29-c-red)\n\nA badge of another service, as it shows it now\\.');
  });

  it('loads no badge over http, and none whose address holds a secret', async () => {
    const document = await open('SERVICES.md', '![a](http://img.shields.io/badge/a-b-red)\n\n![b](https://img.shields.io/x?token=glpat-abcdefghijklmnop)\n');
    for (const word of ['http:', 'token']) {
      const text = await hovered(document, word);
      assert.match(text, /^A badge of another service\\\. It is not loaded from here\\\.\n/);
      assert.doesNotMatch(text, /!\[/);
    }
  });

  it('marks a block that has no end', async () => {
    const document = await open('README.md', '# Shop\n\n<!-- badges:start -->\n\n```\n<!-- badges:end -->\n```\n');
    const [problem] = await problems(document.uri, ['block-without-end']);
    assert.equal(problem?.range.start.line, 2);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 10);
    assert.ok(lenses.some(({ command }) => command?.title.includes('cannot be updated')));
  });
});
