import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { demoTokens } from '../../fakes/gitlab/demo';
import { containerTitle, useEditor } from '../harness/editor';
import { until } from '../harness/until';
import { makeWorkspace } from '../harness/workspace';
import { signIn, useDemo } from './demo';

const config = `facts: []
coverage_report: { job: unit tests, path: coverage/lcov.info }
static_badges:
  - { label: chat, message: join us, logo: nosuchlogo }
  - [docs, here, gren]
badges: { kept: { color: { 0: red, 80: green, 60: yellow } } }
template_badges:
  - { label: release, message: "{release.tag} · {coverage|round}%", value: coverage, color: { 0: red, 80: green } }
  - label: version
    message: "v{version}"
    logo: npm
    values: { version: { file: package.json, key: version } }
  - { label: build, message: "{v}", values: { v: { command: [git, describe] } } }
  - { label: typo, message: "{relese.tag}" }
`;
const lcov = 'SF:a.ts\nDA:1,1\nDA:2,1\nDA:3,1\nDA:4,1\nDA:5,0\nend_of_record\n';

describe('template badges', () => {
  const demo = useDemo((gitlab) => {
    const { data } = gitlab;
    data.addArtifact(data.project('acme/shop'), { job: 'unit tests', path: 'coverage/lcov.info', content: lcov });
    return makeWorkspace({ shop: { remotes: { origin: `${gitlab.url}/acme/shop.git` }, files: { '.gitlab/badges.yaml': config, 'package.json': '{ "version": "1.2.3" }\n', 'public/badges/kept.json': '{ "schemaVersion": 1, "label": "kept", "message": "70%" }\n' } } });
  });
  const editor = useEditor(() => ({ workspace: demo.workspace.path, settings: { 'files.autoSave': 'off', 'editor.acceptSuggestionOnEnter': 'on' }, viewport: { width: 1600, height: 1000 } }));

  it('stand in the tree with what their parts come to, or why they come to nothing', async () => {
    const { workbench } = editor;
    await workbench.focusContainer(containerTitle);
    await signIn(workbench, demo, demoTokens.maintainer);
    const tree = workbench.tree('Badges');
    await tree.row('coverage', '80%');
    await tree.row('release', /^v\d+\.\d+\.\d+ · 80%$/);
    await tree.row('version', 'v1.2.3');
    await tree.row('build', /The command “git describe” is run on the command line only.* The editor never runs it\.$/);
    await tree.row('typo', /“relese\.tag” names no fact, and no entry of “values”\. Did you mean “release\.tag”\? \(\.gitlab\/badges\.yaml:14:31\)$/);
    await tree.row('chat', /There is no logo "nosuchlogo"\./);
    await tree.row('docs', /“gren” is not a colour.* Did you mean “green”\? \(\.gitlab\/badges\.yaml:5:18\)$/);
    await tree.row('kept', /60 stands out of order behind 80.* \(\.gitlab\/badges\.yaml:6:47\)$/);
    await workbench.screenshot('templates-tree');
  });

  it('ask GitLab for what they name, and no more', () => {
    const asked = new Set(demo.gitlab.requests.filter(({ path: each }) => each.includes('/projects/')).map(({ path: each }) => each.replace(/^.*\/projects\/[^/]+/, '')));
    assert.deepEqual([...asked].filter((each) => !/badge|protected|members/.test(each)).sort(), ['', '/jobs/artifacts/main/raw/coverage/lcov.info', '/pipelines/latest', '/releases']);
  });

  it('are drawn in the preview, with colour by value and logo', async () => {
    const { workbench } = editor;
    await workbench.viewAction('Badges', 'Open Badge Preview');
    const page = workbench.webview();
    await page.getByAltText(/^release: v.* · 80%$/).first().waitFor({ state: 'attached' });
    await page.getByAltText('version: v1.2.3').first().waitFor({ state: 'attached' });
    const images = page.locator('.ground.light img');
    await until(() => images.evaluateAll((all) => all.length === 3 && all.every((image) => (image as HTMLImageElement).naturalWidth > 0)), 'the pictures');
    await workbench.screenshot('templates-preview');
  });

  it('follow the file that a value comes from, without asking GitLab', async () => {
    demo.gitlab.requests.length = 0;
    writeFileSync(path.join(demo.workspace.path, 'package.json'), '{ "version": "2.0.0" }\n');
    await editor.workbench.tree('Badges').row('version', 'v2.0.0');
    assert.deepEqual(demo.gitlab.requests, []);
  });

  it('are written with the help of names and filters', async () => {
    const { workbench } = editor;
    const { keyboard } = workbench.page;
    await workbench.openFile('.gitlab/badges.yaml');
    await keyboard.press('ControlOrMeta+End');
    await keyboard.type('  - { label: own, message: "{rel');
    await workbench.suggestion('release.tag');
    await workbench.screenshot('templates-completion');
    await keyboard.press('Escape');
    await keyboard.type('ease.tag|up');
    await workbench.suggestion('upper');
    await workbench.screenshot('templates-filters');
    await keyboard.press('Escape');
    await workbench.runCommand('File: Revert File');
  });
});
