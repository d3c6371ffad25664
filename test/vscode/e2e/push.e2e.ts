import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { demoTokens } from '../../fakes/gitlab/demo';
import { containerTitle, useEditor } from '../harness/editor';
import { until } from '../harness/until';
import { makeWorkspace } from '../harness/workspace';
import { signIn, useDemo } from './demo';

const view = 'On GitLab';
const configFile = '.gitlab/badges.yaml';
const configOf = (names: readonly string[]): string => ['publish:', '  project:', ...names.map((name) => `    - { name: ${name}, link_url: "https://example.org/${name}", image_url: "https://example.org/${name}.svg" }`), ''].join('\n');

describe('a push from a workspace of several folders', () => {
  const demo = useDemo((gitlab) =>
    makeWorkspace({
      shop: { remotes: { origin: `${gitlab.url}/acme/shop.git` }, files: { [configFile]: configOf(['a', 'b', 'c']) } },
      front: { remotes: { origin: `${gitlab.url}/acme/web/storefront.git` }, files: { [configFile]: configOf(['front']) } },
      notes: { files: { 'notes.md': 'Nothing here is on a GitLab.\n' } },
    }),
  );
  const editor = useEditor(() => ({ workspace: demo.workspace.path, viewport: { width: 1500, height: 1150 } }));
  const tree = () => editor.workbench.tree(view);
  const namesOf = (project: string) => demo.gitlab.data.project(project).badges.map(({ name }) => name);
  const writes = () => demo.gitlab.requests.filter(({ method }) => method !== 'GET');
  const configure = (folder: string, names: readonly string[]) => writeFileSync(path.join(demo.workspace.folders[folder] ?? '', configFile), configOf(names));

  it('shows each folder with its own project, and what a push would change there', async () => {
    const { workbench } = editor;
    await workbench.focusContainer(containerTitle);
    await signIn(workbench, demo, demoTokens.maintainer);
    await workbench.page.locator(`.pane-header[aria-label="${view} Section"]`).click();
    await workbench.page.locator('.pane-header[aria-label="Badges Section"]').click();
    await tree().row('front', demo.name);
    await tree().row('notes', 'no remote on a known GitLab');
    const text = await tree().text();
    assert.match(text, /^shop {2}.*\n {2}project {2}acme\/shop\n(?: {4}.*\n)*? {4}a {2}not on GitLab yet$/m);
    assert.match(text, /^front {2}.*\n {2}project {2}acme\/web\/storefront\n {4}front {2}not on GitLab yet$/m);
    await workbench.page.locator(`.pane-header[aria-label^="${view} - ⇡ 4"]`).waitFor();
    await workbench.screenshot('multiRoot-published');
  });

  it('opens the form for the folder of the row', async () => {
    const { workbench } = editor;
    const rows = await tree().rows();
    assert.equal(rows.filter(({ label }) => label === 'project').length, 2);
    const project = await tree().row('project', 'acme/web/storefront');
    await project.hover();
    await project.getByRole('button', { name: 'Add Badge on GitLab…', exact: true }).click();
    await workbench.tab('Add Badge: front').waitFor();
    await workbench.webview().getByRole('heading', { name: 'Add a badge to acme/web/storefront' }).waitFor();
    await workbench.webview().getByText(`${configFile} keeps the badges of the project acme/web/storefront`).waitFor();
    await workbench.webview().getByRole('button', { name: 'Cancel' }).click();
  });

  it('asks which folder where nothing says it, and pushes that one alone', async () => {
    const { workbench } = editor;
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('GitLab Badges: Push Badges to GitLab');
    const folders = await workbench.quickInput('Which folder?');
    await folders.pick('front');
    const dialog = await workbench.dialog('Push 1 change to acme/web/storefront');
    await dialog.click('Push');
    await (await workbench.toast('Pushed 1 change to GitLab.')).dismiss();
    assert.deepEqual(namesOf('acme/web/storefront'), ['front']);
    assert.deepEqual(namesOf('acme/shop'), ['pipeline', 'coverage']);
    await tree().row('front', '');
  });

  it('says what failed and what remains, shows it badge by badge, and finishes it the next time', async () => {
    const { workbench } = editor;
    demo.gitlab.faults.next({ match: { method: 'POST', path: /projects\/acme%2Fshop\/badges/ }, action: { delayMs: 1 } });
    demo.gitlab.faults.next({ match: { method: 'POST', path: /projects\/acme%2Fshop\/badges/ }, action: { status: 400, body: { message: { image_url: ['is blocked: Requests to the local network are not allowed'] } } } });
    await workbench.runCommand('View: Close All Editors');
    await tree().click('pipeline');
    await workbench.runCommand('GitLab Badges: Push Badges to GitLab');
    await (await workbench.dialog('Push 3 changes to acme/shop')).click('Push');
    const toast = await workbench.toast('Pushed 2 changes to GitLab, 1 failed.');
    assert.equal(await toast.severity(), 'warning');
    assert.deepEqual(namesOf('acme/shop'), ['pipeline', 'coverage', 'a', 'c']);
    await toast.click('Show Result');
    await workbench.tab('Push Result').waitFor();
    await until(async () => (await workbench.editorText()).includes('failed   + b: GitLab refuses the image URL: is blocked: Requests to the local network are not allowed'), 'the reason in the result');
    await workbench.screenshot('push-partly');
    await tree().row('b', 'not on GitLab yet');
    await workbench.runCommand('GitLab Badges: Push Badges to GitLab'); // the open result says of which folder
    await (await workbench.dialog('Push 1 change to acme/shop')).click('Push');
    await (await workbench.toast('Pushed 1 change to GitLab.')).dismiss();
    assert.deepEqual([...namesOf('acme/shop')].sort(), ['a', 'b', 'c', 'coverage', 'pipeline']);
  });

  it('can be cancelled, says what is not done, and does that the next time, nothing twice', async () => {
    const { workbench } = editor;
    const names = ['a', 'b', 'c', ...Array.from({ length: 9 }, (_, index) => `more${index}`)];
    configure('shop', names);
    await tree().row('more8', 'not on GitLab yet');
    demo.gitlab.faults.latencyMs = 700;
    demo.gitlab.requests.length = 0;
    await workbench.runCommand('GitLab Badges: Push Badges to GitLab');
    const dialog = await workbench.dialog('Push 9 changes to acme/shop');
    await dialog.click('Push');
    const progress = await workbench.toast(/Pushing badges to acme\/shop.*of 9/);
    await workbench.screenshot('push-progress');
    await progress.click('Cancel');
    const toast = await workbench.toast(/^Pushed \d changes? to GitLab, \d not done: push again to finish\.$/);
    demo.gitlab.faults.clear();
    await workbench.screenshot('push-cancelled');
    await toast.dismiss();
    const done = writes().length;
    assert.ok(done > 0 && done < 9, `${done} were sent`);
    await tree().row('more8', 'not on GitLab yet');
    await workbench.runCommand('GitLab Badges: Push Badges to GitLab');
    await (await workbench.dialog(/Push \d changes? to acme\/shop/)).click('Push');
    await (await workbench.toast(/^Pushed \d changes? to GitLab\.$/)).dismiss();
    assert.deepEqual([...namesOf('acme/shop')].sort(), [...names, 'coverage', 'pipeline'].sort());
  });
});
