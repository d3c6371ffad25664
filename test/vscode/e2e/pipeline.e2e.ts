import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { usualBadgeJob } from '../../../src/config/badgeJob';
import { demoTokens } from '../../fakes/gitlab/demo';
import { containerTitle, useEditor } from '../harness/editor';
import { until } from '../harness/until';
import { makeWorkspace } from '../harness/workspace';
import { signIn, useDemo } from './demo';

const ciFile = '.gitlab-ci.yml';
const pipeline = `# The shop
stages: [test, ship]

.node: &node
    image: node:22 # as in production

unit tests:
    <<: *node
    script:
    - npm test
    artifacts:
        reports: { junit: reports/junit.xml }
`;

describe('the badge job', () => {
  const demo = useDemo(({ url }) => makeWorkspace({ shop: { remotes: { origin: `${url}/acme/shop.git` }, files: { [ciFile]: pipeline, '.gitlab/badges.yaml': 'junit_xml: reports/junit.xml\n' } } }));
  const editor = useEditor(() => ({ workspace: demo.workspace.path, viewport: { width: 1500, height: 1100 } }));
  const file = () => path.join(demo.workspace.path, ciFile);
  const onDisk = () => (existsSync(file()) ? readFileSync(file(), 'utf8') : null);
  const comparison = (job = 'badges') => editor.workbench.page.locator(`.tabs-container .tab[aria-label^=${JSON.stringify(`${ciFile}: ${job} (now ↔ after)`)}]`);
  const apply = () => editor.workbench.page.locator('.editor-actions').getByRole('button', { name: 'Apply Changes' });
  const notify = async (text: string) => {
    const toast = await editor.workbench.toast(text);
    await toast.dismiss();
  };
  const give = async (job: string, image = 'node:22-alpine') => {
    await editor.workbench.runCommand('GitLab Badges: Add Badge Job to .gitlab-ci.yml');
    await (await editor.workbench.quickInput('Which job?')).pick(job);
    await (await editor.workbench.quickInput('In which image')).pick(image);
  };

  it('is shown as a comparison, with what GitLab says, before anything changes', async () => {
    const { workbench } = editor;
    await workbench.focusContainer(containerTitle);
    await signIn(workbench, demo, demoTokens.maintainer);
    await give('Badge job');
    const toast = await workbench.toast('GitLab takes the pipeline as it would be.');
    assert.match(await toast.text(), /The job “unit tests” keeps reports\/junit.xml for GitLab only/);
    await comparison().waitFor();
    await apply().waitFor();
    await workbench.screenshot('pipeline-diff');
    assert.equal(onDisk(), pipeline);
    const [request] = demo.gitlab.requests.filter(({ method }) => method === 'POST');
    assert.match(request?.path ?? '', /\/ci\/lint$/);
    await toast.dismiss();
  });

  it('is written once the user agrees', async () => {
    const { workbench } = editor;
    await apply().click();
    const toast = await workbench.toast('The job badges was added to .gitlab-ci.yml.');
    assert.deepEqual(await toast.buttons(), ['New Schedule…', 'CI/CD Variables…']);
    await until(() => onDisk() !== pipeline, 'the file to be saved');
    const text = onDisk() ?? '';
    assert(text.startsWith(`${pipeline}\n# Keeps the badges fresh`));
    assert.match(text, /\nbadges:\n {4}image: node:22-alpine\n {4}needs:\n {4}- job: unit tests\n {6}optional: true\n {4}rules:\n {4}- if: /);
    assert.equal(await comparison().count(), 0);
    await workbench.screenshot('pipeline-applied');
    await toast.dismiss();
  });

  it('can be undone', async () => {
    const { workbench } = editor;
    await workbench.tab(ciFile).click();
    await workbench.runCommand('Undo');
    await workbench.runCommand('File: Save');
    await until(() => onDisk() === pipeline, 'the file as it was');
  });

  it('is left out where the user does not want it', async () => {
    const { workbench } = editor;
    await give('Job for merge requests');
    await notify('GitLab takes the pipeline as it would be.');
    await comparison('check-badges').waitFor();
    await workbench.runCommand('View: Close Editor');
    await comparison('check-badges').waitFor({ state: 'hidden' });
    assert.equal(onDisk(), pipeline);
  });

  it('is not added twice', async () => {
    const { workbench } = editor;
    writeFileSync(file(), `nightly:\n  script: npx badgesmith\n  rules: [{ when: always }]\n  artifacts: { paths: [public/badges] }\n`);
    await workbench.openFile(ciFile);
    await until(async () => /nightly/.test(await workbench.editorText()), 'VS Code to see the file');
    await give('Badge job');
    await (await workbench.toast('.gitlab-ci.yml has this job already: nightly.')).dismiss();
  });

  it('says where a pipeline is wrong', async () => {
    const { workbench } = editor;
    writeFileSync(file(), 'build:\n\tscript: make\n');
    await until(async () => /script: make/.test(await workbench.editorText()), 'VS Code to see the file');
    await give('Badge job');
    const toast = await workbench.toast('.gitlab-ci.yml:2:1: YAML does not allow tabs for indentation: use spaces.');
    assert.equal(await toast.severity(), 'error');
    await toast.dismiss();
  });

  it('is not applied to a file that changed meanwhile', async () => {
    const { workbench } = editor;
    writeFileSync(file(), 'build: { script: make }\n');
    await until(async () => /script: make }/.test(await workbench.editorText()), 'VS Code to see the file');
    await give('Badge job');
    await notify('GitLab takes the pipeline as it would be.');
    await comparison().waitFor();
    writeFileSync(file(), 'build: { script: make all }\n');
    await until(async () => /make all/.test(await workbench.editorText()), 'VS Code to see the change');
    await apply().click();
    await notify('.gitlab-ci.yml was changed meanwhile, so nothing was applied: give the command again.');
    assert.equal(onDisk(), 'build: { script: make all }\n');
  });

  it('does not ask for what cannot be written', async () => {
    const { workbench } = editor;
    chmodSync(file(), 0o444);
    await workbench.runCommand('GitLab Badges: Add Badge Job to .gitlab-ci.yml');
    await notify('.gitlab-ci.yml: it is write-protected. Change its permissions first.');
    chmodSync(file(), 0o644);
    await workbench.openFile(ciFile);
  });

  it('says what GitLab refuses', async () => {
    const { workbench } = editor;
    writeFileSync(file(), 'build:\n  image: x\n');
    await until(async () => /image: x/.test(await workbench.editorText()), 'VS Code to see the file');
    await give('Badge job', 'An image of your own…');
    const image = await workbench.quickInput('Name of the image');
    await image.accept();
    const toast = await workbench.toast('GitLab refuses the pipeline as it would be: jobs build config should implement');
    assert.equal(await toast.severity(), 'warning');
    await toast.dismiss();
    await workbench.runCommand('View: Close Editor');
  });

  it('makes the file where there is none', async () => {
    const { workbench } = editor;
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('GitLab Badges: Sign Out of GitLab');
    await (await workbench.toast('Signed out of')).dismiss();
    rmSync(file());
    await give('Badge job');
    const toast = await workbench.toast('GitLab was not asked about the pipeline: shop: no remote on a known GitLab.');
    await toast.dismiss();
    await workbench.screenshot('pipeline-new');
    assert.equal(onDisk(), null);
    await apply().click();
    await (await workbench.toast('The job badges was added to .gitlab-ci.yml.')).dismiss();
    await until(() => onDisk() !== null, 'the file to be there');
    assert.match(onDisk() ?? '', new RegExp(usualBadgeJob('generate').slice(0, 100)));
  });

  it('has an image of its own, if one wants', async () => {
    const { workbench } = editor;
    await workbench.runCommand('GitLab Badges: Add Badge Job to .gitlab-ci.yml');
    await (await workbench.quickInput('Which job?')).pick('Dockerfile for an image of your own');
    await until(async () => /FROM node:22-alpine/.test(await workbench.editorText()), 'the Dockerfile');
    await workbench.screenshot('pipeline-dockerfile');
  });
});

describe('a new configuration', () => {
  const configFile = '.gitlab/badges.yaml';
  const files = {
    [ciFile]: `unit tests:\n  script: npm test\n  coverage: /x/\n  artifacts:\n    paths: [reports]\n    reports: { junit: reports/junit.xml }\n`,
    'package.json': '{ "name": "shop" }\n',
    'README.md': '# Shop\n\n![chat](https://img.shields.io/badge/chat-join_us-blue)\n',
    LICENSE: 'MIT License\n',
  };
  const demo = useDemo(({ url }) => makeWorkspace({ shop: { remotes: { origin: `${url}/acme/shop.git` }, files } }));
  const editor = useEditor(() => ({ workspace: demo.workspace.path, viewport: { width: 1500, height: 1100 } }));
  const file = () => path.join(demo.workspace.path, configFile);

  it('is proposed from what the project has, and written by nobody but the user', async () => {
    const { workbench } = editor;
    await workbench.focusContainer(containerTitle);
    await signIn(workbench, demo, demoTokens.maintainer);
    await workbench.runCommand('GitLab Badges: Create Badge Configuration');
    await until(async () => /facts: \[all, pipeline, coverage, top_language\]/.test(await workbench.editorText()), 'the proposal');
    await workbench.statusBarEntry('A proposal for .gitlab/badges.yaml: edit it, then save it.').waitFor();
    // The swatch of a colour, once it is drawn, is a space before its name.
    const text = (await workbench.editorText()).replace(/ {2}blue/, ' blue');
    for (const line of ['junit_xml: reports/junit.xml', '- [chat, join us, blue]']) assert(text.includes(line), `${line} in\n${text}`);
    await workbench.screenshot('pipeline-config');
    assert.equal(existsSync(file()), false);
  });

  it('lies where it belongs once it is saved, and works at once', async () => {
    const { workbench } = editor;
    await workbench.runCommand('File: Save');
    // VS Code makes an empty file first.
    await until(() => existsSync(file()) && readFileSync(file(), 'utf8') !== '', 'the file to be saved');
    assert.match(readFileSync(file(), 'utf8'), /^publish:\n {2}project:\n {4}- name: "pipeline"$/m);
    await workbench.tree('Badges').row('chat', 'join us');
    await workbench.screenshot('pipeline-config-saved');
    await workbench.runCommand('GitLab Badges: Show Changes to Push');
    await (await workbench.toast('GitLab shows what .gitlab/badges.yaml asks for')).dismiss();
  });
});

describe('a project with badges-gitlab', () => {
  const before = `include: ci/badges.yml\n\ntests:\n  script: make test\n`;
  const job = `badges:\n  image: python:3.9\n  script:\n    - pip install badges-gitlab\n    - badges-gitlab -p public/badges # all\n  artifacts:\n    paths: [public/badges]\n`;
  const nightly = `nightly:\n  image: registry.gitlab.com/felipe_public/badges-gitlab\n  script:\n    - badges-gitlab -s chat "join us" blue\n`;
  const files = { [ciFile]: before + nightly, 'ci/badges.yml': job, 'pyproject.toml': '[tool.badges_gitlab]\npath = "public/badges"\n' };
  const demo = useDemo(({ url }) => makeWorkspace({ shop: { remotes: { origin: `${url}/acme/shop.git` }, files } }));
  const editor = useEditor(() => ({ workspace: demo.workspace.path, viewport: { width: 1500, height: 1100 } }));
  const onDisk = (file: string) => readFileSync(path.join(demo.workspace.path, file), 'utf8');
  const apply = () => editor.workbench.page.locator('.editor-actions').getByRole('button', { name: 'Apply Changes' });

  it('is shown what would change in all files, and what needs no change', async () => {
    const { workbench } = editor;
    await workbench.focusContainer(containerTitle);
    await signIn(workbench, demo, demoTokens.maintainer);
    await workbench.runCommand('GitLab Badges: Migrate from badges-gitlab');
    const toast = await workbench.toast('[tool.badges_gitlab] in pyproject.toml is read as it stands.');
    await apply().waitFor();
    await workbench.page.locator('.multi-diff-root-floating-menu, .multiDiffEditor, .multiDiffEntry').first().waitFor();
    await workbench.screenshot('pipeline-migrate');
    await toast.dismiss();
    assert.deepEqual([onDisk(ciFile), onDisk('ci/badges.yml')], [before + nightly, job]);
  });

  it('runs badgesmith once the user agrees', async () => {
    const { workbench } = editor;
    await apply().click();
    await (await workbench.toast('run badgesmith now')).dismiss();
    await until(() => onDisk('ci/badges.yml') !== job, 'the files to be saved');
    assert.equal(onDisk('ci/badges.yml'), job.replace('python:3.9', 'node:22-alpine').replace('pip install badges-gitlab', 'npm install --global "${BADGESMITH_PACKAGE:?set this CI/CD variable to what npm installs}"').replace('badges-gitlab -p', 'badgesmith generate --path'));
    assert.match(onDisk(ciFile), /\n {2}image: node:22-alpine\n {2}script:\n {4}- npm install --global "\$\{BADGESMITH_PACKAGE:\?[\w/ ]+\}"\n {4}- badgesmith generate --static-badges chat "join us" blue\n$/);
    await workbench.screenshot('pipeline-migrated');
  });

  it('has nothing left to migrate but its table', async () => {
    const { workbench } = editor;
    await workbench.runCommand('GitLab Badges: Migrate from badges-gitlab');
    await (await workbench.toast('Nothing was changed. [tool.badges_gitlab] in pyproject.toml is read as it stands.')).dismiss();
  });
});
