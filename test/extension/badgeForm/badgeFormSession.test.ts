import assert from 'node:assert/strict';
import type { BadgeRecord, Target } from '../../../src/core/plan';
import { readyBadge, type ReadyKind, type ReadyOptions } from '../../../src/core/readyBadges';
import { BadgeFormSession, type FormPorts } from '../../../src/extension/badgeForm/badgeFormSession';
import type { FoundAccess } from '../../../src/extension/findAccess';
import { createPublishEngine } from '../../../src/extension/published/publishEngine';
import type { ReadPublished } from '../../../src/extension/published/publishedModel';
import type { FolderState } from '../../../src/extension/view/folderModel';
import { createConnection } from '../../../src/gitlab/connection';
import { createFetchPublic } from '../../../src/sources/fetchPublic';
import type { FormFields, FormSubject, FormView } from '../../../src/webview/badgeFormProtocol';
import { put, record, startStage, type Role, type Stage } from '../../app/publishing';
import { tempFolder, type TempFolder } from '../../app/tempFolder';

const never = new AbortController().signal;

describe('the form for a badge', () => {
  let stage: Stage;
  let folder: TempFolder;
  let open: Form[];
  beforeEach(async () => {
    stage = await startStage();
    stage.gitlab.data.addCommit(stage.shop, { message: 'First' });
    folder = tempFolder();
    open = [];
  });
  afterEach(async () => {
    for (const form of open) form.session.dispose();
    folder.remove();
    await stage.gitlab.close();
  });

  /** A form as its page would see it. */
  interface Form {
    readonly session: BadgeFormSession;
    readonly views: FormView[];
    readonly calls: string[];
    readonly added: { target: Target; record: BadgeRecord }[];
    state: FolderState<ReadPublished>;
    access: FoundAccess;
    fields: FormFields;
    read(): Promise<void>;
    /** The first view from now on that holds. */
    until(holds: (view: FormView) => boolean): Promise<FormView>;
    type(part: Partial<FormFields>): void;
    choose(kind: ReadyKind, options?: ReadyOptions): void;
    saved(): Promise<string>;
  }

  interface FormOptions {
    readonly role?: Role;
    readonly badge?: FormSubject['badge'];
    readonly preselected?: Target;
    readonly state?: FolderState<ReadPublished>;
    readonly access?: FoundAccess;
    readonly ports?: Partial<FormPorts>;
  }

  async function openForm({ role = 'owner', badge = null, preselected, state, access, ports }: FormOptions = {}): Promise<Form> {
    const { connection } = stage.ports(role);
    const engine = createPublishEngine({ connect: () => createConnection({ instance: stage.gitlab.url, token: { kind: 'private', value: `glpat-test-${role}` }, fetch, retry: { baseMs: 1 } }), fetchPublic: createFetchPublic(fetch) });
    const ref = { instance: connection.instance, project: 'acme/web/shop' };
    const project = { ref, token: { kind: 'private', value: 'x' } as const };
    const waiting: { holds: (view: FormView) => boolean; resolve: (view: FormView) => void }[] = [];
    let saved: (text: string) => void = () => {};
    const savedText = new Promise<string>((resolve) => (saved = resolve));
    let turn = 0;
    const form: Form = {
      views: [],
      calls: [],
      added: [],
      state: state ?? { kind: 'loading' },
      access: access ?? { search: { projects: [ref], project: ref }, project },
      fields: { target: '', kind: 'own', options: {}, name: '', link_url: '', image_url: '' },
      session: new BadgeFormSession({ folder: 'file:///shop', badge }, preselected ?? null, {
        folderName: 'shop',
        settleMs: 0,
        state: () => form.state,
        access: () => Promise.resolve(form.access),
        engine: () => Promise.resolve({ publish: engine }),
        generated: (signal) => engine.generated(folder.root, {}, signal),
        known: () => [],
        drawGenerated: (path, stem) => engine.writtenPicture(folder.root, path, stem),
        draw: ({ label, message }) => Promise.resolve(`data:image/svg+xml;base64,${label}:${message}`),
        addToConfig: (target, added) => {
          form.added.push({ target, record: added });
          return Promise.resolve('.gitlab/badges.yaml');
        },
        remedy: (remedy) => form.calls.push(remedy),
        show: (view) => {
          form.views.push(view);
          for (const each of waiting.filter(({ holds }) => holds(view))) {
            waiting.splice(waiting.indexOf(each), 1);
            each.resolve(view);
          }
        },
        saved: (text) => saved(text),
        close: () => form.calls.push('close'),
        changed: () => form.calls.push('changed'),
        log: (line) => form.calls.push(`log ${line}`),
        ...ports,
      }),
      async read() {
        form.state = { kind: 'read', published: await engine.read({ root: folder.root, project, scopes: ['api'] }, never) };
        form.session.follow();
      },
      until: (holds) => {
        const last = form.views.at(-1);
        return last && holds(last) ? Promise.resolve(last) : new Promise((resolve) => waiting.push({ holds, resolve }));
      },
      type(part) {
        form.fields = { ...form.fields, ...part };
        form.session.receive({ type: 'change', turn: (turn += 1), fields: form.fields });
      },
      choose(kind, options = {}) {
        const made = readyBadge(kind, options, { instance: stage.gitlab.url, path: 'public/badges', pages: 'https://acme.pages.example.com/web/shop' });
        form.type({ kind, options, name: made.name ?? '', link_url: made.link_url, image_url: made.image_url });
      },
      saved: () => savedText,
    };
    open.push(form);
    if (!state) await form.read();
    else form.session.follow();
    form.session.receive({ type: 'ready', turn: 0, fields: null });
    return form;
  }

  const started = async (options?: FormOptions): Promise<Form> => {
    const form = await openForm(options);
    const { start } = await form.until((view) => view.start !== null && view.place !== null);
    if (start) form.type(start);
    return form;
  };
  const errors = (view: FormView) => Object.fromEntries(Object.entries(view.verdicts).flatMap(([field, all]) => (all?.some(({ severity }) => severity === 'error') ? [[field, all.map(({ text }) => text)]] : [])));
  const gets = (part: RegExp) => stage.requests().filter((request) => part.test(request)).length;
  const url = (path: string) => `${stage.gitlab.url}${path}`;

  describe('of a new badge', () => {
    it('starts on the project, and offers the groups that the token owns', async () => {
      const form = await openForm();
      const view = await form.until(({ targets }) => targets.length === 3);
      assert.deepEqual(view.targets.map(({ key }) => key), ['project:acme/web/shop', 'group:acme/web', 'group:acme']);
      assert.deepEqual(view.start, { target: 'project:acme/web/shop', kind: 'pipeline', options: {}, name: '', link_url: '', image_url: '' });
      assert.deepEqual(view.place, { instance: stage.gitlab.url, path: 'public/badges' });
    });

    it('starts where the user asked for it', async () => {
      const form = await openForm({ preselected: { scope: 'group', path: 'acme' } });
      assert.equal((await form.until(({ start }) => start !== null)).start?.target, 'group:acme');
    });

    it('resolves placeholders at once, with the value of each', async () => {
      const form = await started();
      form.type({ link_url: 'https://example.com/%{project_title}', image_url: 'https://example.com/%{project_pth}/%{latest_tag}.svg' });
      const view = await form.until(({ shown }) => shown.link_url !== null);
      assert.deepEqual(view.shown, { link_url: 'https://example.com/Shop & Co', image_url: null });
      assert.deepEqual(view.placeholders.map(({ text, value, note }) => [text, value ?? note]), [
        ['%{project_title}', 'Shop & Co'],
        ['%{project_pth}', 'stays as text: GitLab knows no such placeholder'],
        ['%{latest_tag}', 'stays as text: there is nothing it stands for here'],
      ]);
      assert.equal(view.example, 'Values of acme/web/shop.');
      assert.match(view.verdicts.image_url?.map(({ text }) => text).join(' ') ?? '', /Did you mean .*project_path.*latest_tag\} will stay as text/);
    });

    it('flags a placeholder that the version of GitLab does not know', async () => {
      stage.gitlab.settings.unknownPlaceholders = ['project_title'];
      const form = await started();
      form.type({ link_url: 'https://example.com/%{project_title}', image_url: 'https://example.com/a.svg' });
      const view = await form.until(({ placeholders }) => placeholders[0]?.note.includes('does not know it yet') ?? false);
      assert.match(view.verdicts.link_url?.[0]?.text ?? '', /project_title\} will stay as text: this GitLab does not know it yet/);
      assert.deepEqual(view.shown.link_url, null);
    });

    it('says what is wrong by GitLab’s rules, at the field', async () => {
      const form = await started();
      const cases: readonly (readonly [Partial<FormFields>, Record<string, RegExp>])[] = [
        [{ link_url: 'javascript:alert(1)', image_url: 'https://example.com/a.svg' }, { link_url: /GitLab refuses this URL: it must start with https/ }],
        [{ link_url: 'ftp://example.com', image_url: 'https://%{gitlab_server}/a.svg' }, { link_url: /ftp:/, image_url: /placeholder in the host/ }],
        [{ link_url: 'https://example.com', image_url: ' ', name: 'x'.repeat(256) }, { image_url: /Write a URL/, name: /256 characters; GitLab keeps 255/ }],
        [{ kind: 'generated', options: {}, image_url: 'https://example.com/a.svg', name: '' }, { stem: /Name the badge/, job: /Name the CI job/ }],
      ];
      for (const [part, expected] of cases) {
        form.type(part);
        const found = errors(await form.until((view) => view.turn > 0 && Object.keys(errors(view)).sort().join() === Object.keys(expected).sort().join()));
        for (const [field, text] of Object.entries(expected)) assert.match(found[field]?.join(' ') ?? '', text);
      }
      await form.until(({ example }) => example !== '');
      assert.equal(gets(/render/), 1, 'only the question what the placeholders are');
    });

    it('warns of a name that is taken', async () => {
      put(stage, stage.shop, [record('coverage')]);
      const form = await started();
      form.type({ name: 'coverage' });
      const view = await form.until(({ verdicts }) => (verdicts.name?.length ?? 0) > 0);
      assert.deepEqual(view.verdicts.name?.map(({ severity }) => severity), ['warning']);
    });

    it('lets GitLab check both URLs, once for each pair, and tells what it refuses', async () => {
      const form = await started();
      form.type({ link_url: 'https://example.com', image_url: 'https://example.com/a.svg' });
      await form.until(({ check }) => check === 'GitLab takes both URLs.');
      const before = gets(/render/);
      form.type({ name: 'other' });
      await form.until(({ turn }) => turn === 3);
      assert.equal(gets(/render/), before);
      stage.gitlab.faults.next({ match: { path: /badges\/render/ }, action: { status: 400, body: { message: { link_url: ['is blocked: Requests to the local network are not allowed'] } } } });
      form.type({ link_url: 'https://intranet.example.com' });
      const view = await form.until((each) => 'link_url' in errors(each));
      assert.match(errors(view)['link_url']?.[0] ?? '', /local network/);
      form.type({ link_url: 'https://intranet.example.com/other' });
      await form.until(({ check, turn }) => turn === 5 && check === 'GitLab takes both URLs.');
    });

    it('goes on without the check where GitLab has no answer, and says so', async () => {
      const form = await started();
      stage.gitlab.faults.next({ match: { path: /badges\/render/ }, times: 10, action: { status: 500, body: { message: 'x' } } });
      form.type({ link_url: 'https://example.com', image_url: 'https://example.com/a.svg' });
      const view = await form.until(({ check }) => check.startsWith('GitLab could not check'));
      assert.equal(view.actions[0]?.obstacle, '');
    });

    it('is added once, and says so', async () => {
      const form = await started();
      form.choose('release');
      form.session.receive({ type: 'save', turn: 9, fields: form.fields, destination: 'gitlab' });
      form.session.receive({ type: 'save', turn: 9, fields: form.fields, destination: 'gitlab' });
      assert.equal(await form.saved(), 'release was added to the project acme/web/shop.');
      assert.deepEqual(stage.shop.badges.map(({ name, imageUrl }) => [name, imageUrl]), [['release', url('/%{project_path}/-/badges/release.svg')]]);
    });

    it('is not added twice where the answer was lost', async () => {
      const form = await started();
      form.choose('release');
      stage.gitlab.faults.next({ match: { method: 'POST' }, action: { dropAfter: true } });
      form.session.receive({ type: 'save', turn: 9, fields: form.fields, destination: 'gitlab' });
      await form.saved();
      assert.equal(stage.shop.badges.length, 1);
    });

    it('goes to the group that was chosen, through the group, and nowhere else while that is not known', async () => {
      const form = await started();
      form.choose('release');
      form.type({ target: 'group:acme' });
      form.session.receive({ type: 'save', turn: 8, fields: form.fields, destination: 'gitlab' });
      await form.until(({ failure }) => failure === 'It is not known yet where the badge goes.');
      await form.until(({ actions }) => actions.every(({ obstacle }) => obstacle === ''));
      form.session.receive({ type: 'save', turn: 9, fields: form.fields, destination: 'gitlab' });
      await form.saved();
      assert.deepEqual([stage.acme.badges.length, stage.shop.badges.length], [1, 0]);
    });

    it('tries nothing while a field is wrong, and says which', async () => {
      const form = await started();
      form.type({ kind: 'own', link_url: '', image_url: 'https://example.com/a.svg' });
      form.session.receive({ type: 'save', turn: 9, fields: form.fields, destination: 'gitlab' });
      const view = await form.until(({ attempts }) => attempts === 1);
      assert.equal(view.failure, 'Correct what is marked first.');
      assert.ok(errors(view)['link_url']);
      assert.equal(gets(/POST/), 0);
    });

    it('shows GitLab’s refusal at its field, and stays', async () => {
      const form = await started();
      form.choose('release');
      await form.until(({ check }) => check !== '');
      stage.gitlab.faults.next({ match: { method: 'POST' }, action: { status: 400, body: { message: { image_url: ['is blocked: x'], link_url: ['must be a valid URL'] } } } });
      form.session.receive({ type: 'save', turn: 9, fields: form.fields, destination: 'gitlab' });
      const view = await form.until(({ attempts }) => attempts === 1);
      assert.deepEqual([errors(view)['image_url'], errors(view)['link_url'], view.saving], [['GitLab refuses this: is blocked: x.'], ['GitLab refuses this: must be a valid URL.'], '']);
      form.session.receive({ type: 'save', turn: 10, fields: { ...form.fields, image_url: `${form.fields.image_url}?x`, link_url: `${form.fields.link_url}?x` }, destination: 'gitlab' });
      await form.saved();
    });

    it('says why it could not be added at all, and can be tried again', async () => {
      const form = await started();
      form.choose('release');
      stage.gitlab.faults.next({ match: { method: 'POST' }, action: { status: 403, body: { message: '403 Forbidden' } } });
      form.session.receive({ type: 'save', turn: 9, fields: form.fields, destination: 'gitlab' });
      const view = await form.until(({ attempts }) => attempts === 1);
      assert.match(view.failure, /403.*role of the token is too low/);
      assert.ok(form.calls.includes('changed'));
      form.session.receive({ type: 'save', turn: 10, fields: form.fields, destination: 'gitlab' });
      await form.saved();
    });

    it('can be stopped while GitLab is asked', async () => {
      const form = await started();
      form.choose('release');
      await form.until(({ check }) => check === 'GitLab takes both URLs.');
      stage.gitlab.faults.next({ match: { method: 'POST' }, action: { hang: true } });
      const arrival = stage.gitlab.arrival({ method: 'POST' });
      form.session.receive({ type: 'save', turn: 9, fields: form.fields, destination: 'gitlab' });
      const request = await arrival;
      assert.equal((await form.until(({ saving }) => saving !== '')).saving, 'Adding release…');
      form.session.receive({ type: 'stop' });
      const view = await form.until(({ failure }) => failure !== '');
      assert.match(view.failure, /^Stopped/);
      await request.ended;
      assert.equal(request.outcome, 'aborted');
    });

    it('is written into the configuration without asking GitLab', async () => {
      const form = await started({ role: 'developer' });
      form.choose('release');
      const before = stage.gitlab.requests.length;
      form.session.receive({ type: 'save', turn: 9, fields: form.fields, destination: 'file' });
      assert.equal(await form.saved(), 'release was added to .gitlab/badges.yaml.');
      assert.deepEqual(form.added, [{ target: { scope: 'project', path: 'acme/web/shop' }, record: { name: 'release', link_url: url('/%{project_path}/-/releases'), image_url: url('/%{project_path}/-/badges/release.svg') } }]);
      assert.equal(stage.gitlab.requests.slice(before).filter(({ method }) => method !== 'GET').length, 0);
    });

    it('says before anything is tried that the role does not allow it, and offers the configuration', async () => {
      const form = await started({ role: 'developer' });
      const { actions, targets } = await form.until((view) => view.actions.length === 2 && view.actions[1]?.obstacle !== '');
      assert.deepEqual(actions.map(({ destination }) => destination), ['file', 'gitlab']);
      assert.equal(actions[1]?.obstacle, 'The badges of the project acme/web/shop cannot be changed with this token: it needs Maintainer.');
      assert.deepEqual(targets.map(({ detail }) => detail), ['shown on the project; needs Maintainer']);
      assert.equal(gets(/render/), 0);
    });

    it('asks for the file first where the badges are kept in one, and says what a push would do', async () => {
      folder.put('.gitlab/badges.yaml', 'publish:\n  prune: true\n  project:\n    - { name: chat, link_url: "https://example.com", image_url: "https://example.com/c.svg" }\n');
      const form = await started();
      const view = await form.until(({ configuration }) => configuration.file !== '');
      assert.deepEqual(view.actions.map(({ label }) => label), ['Add to .gitlab/badges.yaml', 'Add on GitLab']);
      assert.match(view.configuration.text, /prune is on: a badge that is added on GitLab alone is deleted/);
      form.type({ name: 'chat' });
      await form.until(({ configuration }) => configuration.text === '.gitlab/badges.yaml lists a badge of this name already, which the next push adds.');
    });

    it('takes the job of the badges from the pipeline, else from GitLab, and offers all jobs', async () => {
      folder.put('.gitlab-ci.yml', 'test: { script: x }\n');
      stage.shop.files.set('.gitlab-ci.yml', 'nightly:\n  script: make\n  artifacts: { paths: [public] }\n');
      const form = await started();
      const view = await form.until(({ defaults }) => defaults.generated?.job === 'nightly');
      assert.deepEqual(view.suggestions.coverage?.job?.map(({ value }) => value), ['test', 'nightly']);
      folder.put('.gitlab-ci.yml', 'mine:\n  artifacts: { paths: [public/badges] }\n');
      form.session.follow();
      await form.until(({ defaults }) => defaults.generated?.job === 'mine');
    });

    it('offers the leveled badges of the configuration', async () => {
      folder.put('.badge-api.yaml', 'badges:\n  - id: maintained\n    description: Somebody cares\n    levels: [{ name: bronze, checks: [{ type: COMMITS, threshold: { min: 1 } }] }]\n');
      const form = await started();
      assert.deepEqual((await form.until(({ place }) => place !== null)).suggestions.leveled?.stem, [{ value: 'maintained', detail: 'Somebody cares' }]);
    });

    it('offers the badges that were generated here', async () => {
      folder.put('public/badges/license.svg', '<svg/>');
      const form = await started();
      assert.deepEqual((await form.until(({ place }) => place !== null)).suggestions.generated?.stem?.map(({ value }) => value), ['license']);
    });
  });

  describe('of a group', () => {
    it('shows what the newest project of the group makes of the placeholders', async () => {
      const newer = stage.gitlab.data.addProject({ path: 'newer', namespace: stage.web });
      const form = await started({ preselected: { scope: 'group', path: 'acme/web' } });
      form.choose('release');
      const view = await form.until(({ example }) => example !== '');
      assert.match(view.example, new RegExp(`^Values of acme/web/${newer.path}, the newest project of the group`));
      assert.equal(view.shown.image_url, url('/acme/web/newer/-/badges/release.svg'));
    });

    it('without a project says that nothing is replaced here', async () => {
      const form = await started({ preselected: { scope: 'group', path: 'acme' } });
      form.choose('release');
      const view = await form.until(({ example }) => example !== '');
      assert.match(view.example, /no project in the group/);
      assert.deepEqual(view.placeholders, [{ text: '%{project_path}', value: null, note: 'stays as text here: there is no project in the group' }]);
    });
  });

  describe('picture', () => {
    it('is that of GitLab, as data', async () => {
      const form = await started();
      form.choose('release');
      const { picture } = await form.until((view) => view.picture.image !== null);
      assert.match(picture.image ?? '', /^data:image\/svg\+xml;base64,/);
      assert.equal(picture.text, 'As GitLab shows it now.');
      assert.deepEqual(stage.gitlab.requests.filter(({ path }) => path.endsWith('release.svg')).map(({ credential }) => credential), [null], 'it is asked for without the token');
    });

    it('of a private project is a sketch, since a token does not sign in on the pages of GitLab', async () => {
      stage.shop.visibility = 'private';
      const form = await started();
      form.choose('pipeline', { key_text: 'build' });
      const { picture } = await form.until((view) => view.picture.image !== null);
      assert.equal(picture.image, 'data:image/svg+xml;base64,build:…');
      assert.match(picture.text, /^A sketch, drawn here\. GitLab shows this picture to people who are signed in/);
    });

    it('of an artifact in a private project is asked for through the API, where the token counts', async () => {
      stage.shop.visibility = 'private';
      stage.gitlab.data.addArtifact(stage.shop, { path: 'public/badges/a.svg', content: '<svg xmlns="http://www.w3.org/2000/svg"><script>x</script><title>a</title></svg>' });
      const form = await started();
      form.choose('generated', { stem: 'a', job: 'badges' });
      const { picture } = await form.until((view) => view.picture.image !== null);
      assert.match(Buffer.from(picture.image?.split(',')[1] ?? '', 'base64').toString(), /<title>a<\/title>/);
      assert.doesNotMatch(Buffer.from(picture.image?.split(',')[1] ?? '', 'base64').toString(), /script/);
    });

    it('that GitLab does not have yet is the one that was generated here', async () => {
      folder.put('public/badges/license.svg', '<svg xmlns="http://www.w3.org/2000/svg"><title>license: MIT</title></svg>');
      const form = await started();
      form.choose('generated', { stem: 'license', job: 'badges' });
      const { picture } = await form.until((view) => view.picture.image !== null);
      assert.equal(picture.text, 'As it was generated here. The artifact public/badges/license.svg of the job badges on main does not exist yet.');
    });

    it('of another kind than SVG is shown too; what is none is told', async () => {
      const png = Buffer.from('89504e470d0a1a0a0000', 'hex');
      stage.shop.files.set('a.png', png).set('a.txt', 'no picture');
      const form = await started();
      form.type({ kind: 'own', link_url: 'https://example.com', image_url: url('/acme/web/shop/-/raw/main/a.png') });
      assert.equal((await form.until((view) => view.picture.image !== null)).picture.image, `data:image/png;base64,${png.toString('base64')}`);
      form.type({ image_url: url('/acme/web/shop/-/raw/main/a.txt') });
      await form.until((view) => view.picture.image === null && /no picture of a kind/.test(view.picture.text));
    });

    it('that is no longer wanted is not waited for, and does not come late', async () => {
      const form = await started();
      stage.gitlab.faults.next({ match: { path: /pipeline\.svg/ }, times: Infinity, action: { hang: true } });
      const arrival = stage.gitlab.arrival({ path: /pipeline\.svg/ });
      form.choose('pipeline', { key_text: 'late' });
      const request = await arrival;
      form.choose('release');
      await form.until((view) => view.picture.text === 'As GitLab shows it now.');
      await request.ended;
      assert.equal(request.outcome, 'aborted');
    });
  });

  describe('of a badge on GitLab', () => {
    const edit = async (options: FormOptions = {}) => {
      put(stage, stage.shop, [{ name: 'coverage', link_url: 'https://example.com/l', image_url: url('/%{project_path}/badges/main/coverage.svg?job=unit') }, record('other')]);
      return started({ badge: { scope: 'project', path: 'acme/web/shop', id: stage.shop.badges[0]!.id }, ...options });
    };

    it('starts with what stands there, and recognises a ready-made one', async () => {
      const form = await edit();
      assert.deepEqual(form.fields, { target: 'project:acme/web/shop', kind: 'coverage', options: { branch: 'main', job: 'unit' }, name: 'coverage', link_url: 'https://example.com/l', image_url: url('/%{project_path}/badges/main/coverage.svg?job=unit') });
      const view = await form.until(({ actions }) => actions.length === 1);
      assert.deepEqual([view.title, view.actions[0]?.obstacle, view.verdicts.name], ['Edit coverage of the project acme/web/shop', 'Nothing was changed yet.', []]);
    });

    it('sends only what was changed', async () => {
      const form = await edit();
      form.type({ name: 'cov' });
      form.session.receive({ type: 'save', turn: 9, fields: form.fields, destination: 'gitlab' });
      assert.equal(await form.saved(), 'cov was changed on GitLab.');
      assert.deepEqual(stage.gitlab.requests.filter(({ method }) => method !== 'GET').map(({ method, body }) => [method, JSON.parse(body) as unknown]), [['PUT', { name: 'cov' }]]);
    });

    it('says that somebody else changed it, and saves no more than was changed here', async () => {
      const form = await edit();
      stage.shop.badges[0]!.linkUrl = 'https://example.com/theirs';
      await form.read();
      await form.until(({ notices }) => notices.some(({ text }) => /changed on GitLab meanwhile/.test(text)));
      form.type({ name: 'cov' });
      form.session.receive({ type: 'save', turn: 9, fields: form.fields, destination: 'gitlab' });
      await form.saved();
      assert.deepEqual([stage.shop.badges[0]?.name, stage.shop.badges[0]?.linkUrl], ['cov', 'https://example.com/theirs']);
    });

    it('says that somebody else removed it', async () => {
      const form = await edit();
      form.type({ name: 'cov' });
      stage.shop.badges.splice(0, 1);
      form.session.receive({ type: 'save', turn: 9, fields: form.fields, destination: 'gitlab' });
      assert.equal((await form.until(({ failure }) => failure !== '')).failure, 'cov was removed by somebody else meanwhile.');
      await form.read();
      const view = await form.until(({ notices }) => notices.some(({ severity }) => severity === 'error'));
      assert.match(view.actions[0]?.obstacle ?? '', /not on GitLab any more/);
    });

    it('says whether the configuration lists it', async () => {
      folder.put('.gitlab/badges.yaml', `publish:\n  project:\n    - { name: coverage, link_url: "https://example.com/l", image_url: "${url('/%{project_path}/badges/main/coverage.svg?job=unit')}" }\n`);
      const form = await edit();
      assert.match((await form.until(({ configuration }) => configuration.file !== '')).configuration.text, /lists this badge, so the next push would set it back/);
    });
  });

  describe('without GitLab', () => {
    const ref = { instance: 'https://gitlab.example.com', project: 'acme/shop' };
    const search = { projects: [ref], project: ref };
    const cases: readonly (readonly [what: string, state: FolderState<ReadPublished>, access: FoundAccess, text: RegExp, remedy: string | null])[] = [
      ['while it is read', { kind: 'loading' }, { search, obstacle: 'signedOut' }, /^Reading the badges/, null],
      ['signed out', { kind: 'nothing', obstacle: 'signedOut' }, { search, obstacle: 'signedOut' }, /shop: not signed in/, 'signIn'],
      ['with a refused token', { kind: 'nothing', obstacle: 'refused' }, { search, obstacle: 'refused' }, /refused the token/, 'signIn'],
      ['offline', { kind: 'nothing', obstacle: 'error', detail: 'gitlab.example.com cannot be reached.' }, { search, project: { ref, token: { kind: 'private', value: 'x' } } }, /cannot be asked now.*cannot be reached/, 'retry'],
      ['with several projects to choose from', { kind: 'nothing', obstacle: 'choose' }, { search: { projects: [ref], project: null }, obstacle: 'choose' }, /choose one/, 'chooseProject'],
    ];
    for (const [what, state, access, text, remedy] of cases) {
      it(`says so ${what}, and what helps`, async () => {
        const form = await openForm({ state, access });
        const view = await form.until(({ notices, place }) => notices.length > 0 && (place !== null || access.search?.project === null));
        assert.match(view.notices[0]?.text ?? '', text);
        assert.equal(view.notices[0]?.remedy, remedy);
        const gitlab = view.actions.find(({ destination }) => destination === 'gitlab');
        assert.notEqual(gitlab?.obstacle, '');
        form.session.receive({ type: 'remedy', remedy: 'retry' });
        assert.ok(form.calls.includes('retry'));
      });
    }

    it('the badge can still be written into the configuration', async () => {
      const form = await openForm({ state: { kind: 'nothing', obstacle: 'error', detail: 'x' }, access: { search, obstacle: 'signedOut' } });
      const { start } = await form.until((view) => view.start !== null);
      form.fields = start ?? form.fields;
      form.choose('release');
      form.session.receive({ type: 'save', turn: 9, fields: form.fields, destination: 'file' });
      await form.saved();
      assert.equal(form.added[0]?.target.path, 'acme/shop');
      assert.equal(stage.gitlab.requests.filter(({ path }) => path.startsWith('/api')).length, 0);
    });

    it('what was read before is used, and said to be old', async () => {
      const form = await started();
      form.state = { ...(form.state as Extract<FolderState<ReadPublished>, { kind: 'read' }>), trouble: 'unreachable' };
      form.session.follow();
      const view = await form.until(({ notices }) => notices.length > 0);
      assert.deepEqual([view.notices[0]?.severity, view.notices[0]?.remedy], ['warning', 'retry']);
    });
  });

  it('shows nothing and asks nothing once it is closed', async () => {
    const form = await started();
    form.choose('release');
    stage.gitlab.faults.next({ match: { path: /render/ }, times: Infinity, action: { hang: true } });
    const arrival = stage.gitlab.arrival({ path: /render/ });
    form.type({ link_url: 'https://example.com/x' });
    const request = await arrival;
    form.session.dispose();
    await request.ended;
    assert.equal(request.outcome, 'aborted');
    const before = form.views.length;
    form.session.follow();
    form.session.receive({ type: 'change', turn: 99, fields: form.fields });
    assert.equal(form.views.length, before);
  });

  it('closes when it is asked to', async () => {
    const form = await started();
    form.session.receive({ type: 'close' });
    assert.ok(form.calls.includes('close'));
  });
});
