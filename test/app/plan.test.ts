import assert from 'node:assert/strict';
import { makePlan } from '../../src/app/plan';
import type { PublishDefinition } from '../../src/core/definition';
import { createConnection } from '../../src/gitlab/connection';
import type { Token } from '../../src/gitlab/token';
import { manyBadges } from '../fakes/gitlab/builders';
import { list, never, publishing, put, record, startStage, type Role, type Stage } from './publishing';

describe('makePlan', () => {
  let stage: Stage;
  beforeEach(async () => void (stage = await startStage()));
  afterEach(() => stage.gitlab.close());
  const plan = (publish: PublishDefinition, role: Role = 'owner', project = 'acme/web/shop') => makePlan(stage.ports(role), { project, publish }, never);

  it('compares each target with its own badges, never with inherited ones', async () => {
    put(stage, stage.acme, [record('inherited'), record('a')]);
    put(stage, stage.shop, [record('kept'), record('changed', 'old')]);
    const { changes, failures, warnings, at } = await plan(
      publishing({ prune: true, project: list([record('kept'), record('changed', 'new'), record('a')]), groups: { 'acme/web': list([record('g')]) } }),
    );
    assert.deepEqual(changes.map(({ action, scope, target, name }) => [action, scope, target, name]), [
      ['keep', 'project', 'acme/web/shop', 'kept'],
      ['update', 'project', 'acme/web/shop', 'changed'],
      ['create', 'project', 'acme/web/shop', 'a'],
      ['create', 'group', 'acme/web', 'g'],
    ]);
    assert.deepEqual([failures, warnings, at], [[], [], '2026-01-02T03:04:05.000Z']);
  });

  it('deletes only with prune, which the request may switch either way', async () => {
    put(stage, stage.shop, [record('old')]);
    const actions = async (prune: boolean, asked?: boolean) => {
      const request = { project: 'acme/web/shop', publish: publishing({ prune, project: list([]) }), ...(asked !== undefined && { prune: asked }) };
      return (await makePlan(stage.ports(), request, never)).changes.map(({ action }) => action);
    };
    assert.deepEqual([await actions(false), await actions(true), await actions(false, true), await actions(true, false)], [['keep'], ['delete'], ['delete'], ['keep']]);
  });

  it('deletes nothing where an entry is wrong', async () => {
    put(stage, stage.shop, [record('old')]);
    const { changes } = await plan(publishing({ prune: true, project: list([], ['new']) }));
    assert.deepEqual(changes.map(({ action }) => action), ['keep']);
  });

  it('leaves a project without a list alone, and does not ask for it', async () => {
    put(stage, stage.shop, [record('old')]);
    const { changes } = await plan(publishing({ prune: true, groups: { acme: list([]) } }));
    assert.deepEqual(changes, []);
    assert.deepEqual(stage.requests(), ['GET groups/acme/badges']);
  });

  it('asks once for each target and 100 badges', async () => {
    const groups = Array.from({ length: 50 }, (_, index) => stage.gitlab.data.addGroup({ path: `g${index}`, parent: stage.acme }));
    for (const source of [stage.shop, ...groups]) manyBadges(stage.gitlab.data, source, 100);
    const wanted = list(stage.shop.badges.map(({ name, linkUrl, imageUrl }) => ({ name, link_url: linkUrl, image_url: imageUrl })));
    const { changes } = await plan(publishing({ project: wanted, groups: Object.fromEntries(groups.map((group) => [`acme/${group.path}`, wanted])) }));
    assert.equal(changes.length, 51 * 100);
    assert(changes.every(({ action }) => action === 'keep'));
    assert.equal(stage.gitlab.requests.length, 52);
    assert(stage.gitlab.requests.filter(({ path }) => path.endsWith('/badges')).every(({ query }) => query.get('per_page') === '100'));
  });

  it('reads further pages', async () => {
    manyBadges(stage.gitlab.data, stage.shop, 201);
    const { changes } = await plan(publishing({ project: list([]) }));
    assert.equal(changes.length, 201);
    assert.equal(stage.requests().length, 4);
  });

  it('costs a group that is not there only itself', async () => {
    const { changes, failures, unusable } = await plan(publishing({ project: list([record('a')]), groups: { nobody: list([record('b')]), acme: list([record('c')]) } }));
    assert.deepEqual(changes.map(({ target }) => target), ['acme/web/shop', 'acme']);
    assert.deepEqual(failures.map(({ target, why, range }) => [target.path, why, range]), [['nobody', 'not-found', { start: 10, end: 20 }]]);
    assert.match(failures[0]?.reason ?? '', /no group nobody/);
    assert.equal(unusable, null);
  });

  it('costs a project that is not there only itself', async () => {
    const { changes, failures } = await plan(publishing({ project: list([record('a')]), groups: { acme: list([record('c')]) } }), 'owner', 'acme/nothing');
    assert.deepEqual(changes.map(({ target }) => target), ['acme']);
    assert.match(failures[0]?.reason ?? '', /no project acme\/nothing/);
  });

  it('follows a project that was moved, and says so', async () => {
    const { changes, warnings } = await plan(publishing({ project: list([record('a')]) }), 'owner', 'acme/old-shop');
    assert.deepEqual(changes.map(({ target }) => target), ['acme/web/shop']);
    assert.match(warnings[0]?.message ?? '', /acme\/old-shop was moved to acme\/web\/shop/);
  });

  it('takes a numeric id and a path in other case for the project', async () => {
    for (const project of [String(stage.shop.id), 'Acme/Web/SHOP']) {
      const { changes, warnings } = await plan(publishing({ project: list([record('a')]) }), 'owner', project);
      assert.deepEqual([changes[0]?.target, warnings], ['acme/web/shop', []]);
    }
  });

  const roles: [role: Role, project: RegExp | null, group: RegExp | null][] = [
    ['owner', null, null],
    ['maintainer', null, /group acme\/web needs the role Owner; this token has Maintainer/],
    ['developer', /project acme\/web\/shop needs the role Maintainer; this token has Developer/, /needs the role Owner; this token has Developer/],
  ];
  for (const [role, project, group] of roles) {
    it(`says before anything is tried what a ${role} may not change`, async () => {
      const { targets } = await plan(publishing({ project: list([record('a')]), groups: { 'acme/web': list([record('b')]) } }), role);
      [project, group].forEach((expected, index) => {
        const obstacle = targets[index]?.obstacle ?? null;
        if (expected === null) assert.equal(obstacle, null);
        else assert.match(obstacle ?? '', expected);
      });
    });
  }

  describe('with a token that may not write', () => {
    const planWith = (token: Token) => {
      const connection = createConnection({ instance: stage.gitlab.url, token, fetch, retry: { baseMs: 1 } });
      return makePlan({ ...stage.ports(), connection }, { project: 'acme/web/shop', publish: publishing({ project: list([record('a')]), groups: { 'acme/web': list([record('b')]) } }) }, never);
    };
    const tokenOf = (scopes: readonly string[], kind: 'personal' | 'oauth' = 'personal'): Token => {
      const user = stage.gitlab.data.users.find(({ username }) => username === 'owner')!;
      stage.gitlab.data.addToken({ value: `glpat-${kind}-${scopes.join('-')}`, user, kind, scopes: [...scopes] });
      return { kind: kind === 'oauth' ? 'oauth' : 'private', value: `glpat-${kind}-${scopes.join('-')}` };
    };

    it('says so for every target before anything is tried', async () => {
      const { targets, changes } = await planWith(tokenOf(['read_api']));
      assert.deepEqual(targets.map(({ obstacle }) => obstacle), Array(2).fill('Changing badges needs a token with the scope api; this one has read_api.'));
      assert.equal(changes.length, 2);
    });

    it('leaves what GitLab does not tell to the attempt', async () => {
      const oauth = await planWith(tokenOf(['read_api'], 'oauth'));
      stage.gitlab.faults.next({ match: { path: /personal_access_tokens/ }, action: { status: 403, body: { message: '403 Forbidden' } } });
      const hidden = await planWith(tokenOf(['read_api']));
      for (const { targets } of [oauth, hidden]) assert.deepEqual(targets.map(({ obstacle }) => obstacle), [null, null]);
    });
  });

  it('says before anything is tried that there is no token, and asks for no role', async () => {
    const planWithout = (project: string) => {
      const connection = createConnection({ instance: stage.gitlab.url, fetch, retry: { baseMs: 1 } });
      return makePlan({ ...stage.ports(), connection, tokenKind: null }, { project, publish: publishing({ project: list([record('a')]), groups: { 'acme/web': list([record('b')]) } }) }, never);
    };
    assert.deepEqual((await planWithout('acme/web/shop')).targets.map(({ obstacle }) => obstacle), [
      'Changing the badges of the project acme/web/shop needs a token of the role Maintainer, with the scope api; there is none.',
      'Changing the badges of the group acme/web needs a token of the role Owner, with the scope api; there is none.',
    ]);
    assert.deepEqual(stage.requests(), ['GET projects/acme/web/shop', 'GET projects/acme/web/shop/badges', 'GET groups/acme/web/badges']);
    assert.equal((await planWithout('acme/hidden')).failures[0]?.reason, 'There is no project acme/hidden on GitLab, or it is not public and needs a token.');
  });

  it('looks up no role and no scope where nothing would be written', async () => {
    put(stage, stage.web, [record('b')]);
    const { targets } = await plan(publishing({ groups: { 'acme/web': list([record('b')]) } }), 'developer');
    assert.equal(targets[0]?.obstacle, null);
    assert.deepEqual(stage.requests(), ['GET groups/acme/web/badges']);
  });

  it('says that GitLab could not be used, and asks no further, where the token is wrong', async () => {
    const connection = createConnection({ instance: stage.gitlab.url, token: { kind: 'private', value: 'glpat-nobody' }, fetch });
    const { unusable, changes } = await makePlan({ ...stage.ports(), connection }, { project: 'acme/web/shop', publish: publishing({ project: list([]), groups: { acme: list([]) } }) }, never);
    assert.match(unusable ?? '', /401/);
    assert.deepEqual([changes, stage.gitlab.requests.length], [[], 1]);
  });

  it('says so as well where groups alone are to be planned, once none of them could be', async () => {
    const planWith = (value: string) => {
      const connection = createConnection({ instance: stage.gitlab.url, token: { kind: 'private', value }, fetch });
      return makePlan({ ...stage.ports(), connection }, { project: 'acme/web/shop', publish: publishing({ groups: { acme: list([]), nobody: list([]) } }) }, never);
    };
    assert.match((await planWith('glpat-nobody')).unusable ?? '', /401/);
    assert.equal((await planWith('glpat-test-owner')).unusable, null);
  });

  it('compares the badges of a project that is hidden itself, under the name that was given', async () => {
    put(stage, stage.shop, [record('a')]);
    stage.gitlab.faults.next({ match: { path: /shop$/ }, action: { status: 403, body: { message: '403 Forbidden' } } });
    const { changes, failures } = await plan(publishing({ project: list([record('a')]) }));
    assert.deepEqual([changes.map(({ action, target }) => [action, target]), failures], [[['keep', 'acme/web/shop']], []]);
  });

  describe('pictures', () => {
    const artifact = (file: string) => `/%{project_path}/-/jobs/artifacts/%{default_branch}/raw/public/badges/${file}.svg?job=badges`;
    const warningsFor = async (...paths: string[]) => {
      const badges = paths.map((path, index) => ({ name: `b${index}`, link_url: 'https://example.com', image_url: path.startsWith('/') ? stage.gitlab.url + path : path }));
      const { warnings } = await plan(publishing({ project: list(badges) }));
      return warnings.map(({ name, message }) => [name, message]);
    };
    beforeEach(() => stage.gitlab.data.addCommit(stage.shop, { message: 'First' }));

    it('are missed where the artifact or the file on the default branch is not there', async () => {
      stage.gitlab.data.addArtifact(stage.shop, { path: 'public/badges/there.svg', content: '<svg/>' });
      stage.shop.files.set('badges/there.svg', `<svg>${'x'.repeat(100_000)}</svg>`);
      assert.deepEqual(await warningsFor(artifact('there'), artifact('gone'), '/acme/web/shop/-/raw/main/badges/there.svg', '/%{project_path}/-/raw/%{default_branch}/badges/gone.svg'), [
        ['b1', 'The artifact public/badges/gone.svg of the job badges on main does not exist yet, so GitLab would show a broken picture until it does.'],
        ['b3', 'The file badges/gone.svg on main does not exist yet, so GitLab would show a broken picture until it does.'],
      ]);
    });

    it('of other hosts, projects and branches are not asked for', async () => {
      assert.deepEqual(await warningsFor('https://example.com/x.svg', '/acme/other/-/raw/main/x.svg', '/acme/web/shop/-/raw/feature/x.svg', '/%{project_path}/-/raw/%{commit_sha}/x.svg'), []);
      assert(!stage.requests().some((request) => /artifacts|repository\/files/.test(request)));
    });

    describe('on GitLab Pages', () => {
      const url = 'https://acme.pages.example.com/web/shop';
      const site = (prefix = '', folder: string | null = null) => ({ prefix, folder });
      const publishSite = (...deployments: ReturnType<typeof site>[]) => void (stage.shop.pages = { url, hasUniqueDomain: false, deployments });
      const keep = (path: string, job = 'pages') => stage.gitlab.data.addArtifact(stage.shop, { path, job, content: '<svg/>' });
      const ofPages = () => stage.requests().filter((request) => /pages/.test(request));

      it('are missed where nothing is published', async () => {
        publishSite();
        const message = 'A site on GitLab Pages does not exist yet, so GitLab would show a broken picture until it does.';
        assert.deepEqual(await warningsFor(`${url}/badges/a.svg`, 'http://ACME.pages.example.com/Web/%{project_name}/b.svg'), [
          ['b0', message],
          ['b1', message],
        ]);
        assert.equal(ofPages().length, 1);
      });

      it('are missed where the artifacts that are published lack them', async () => {
        publishSite(site(), site('mr-1'));
        keep('public/badges/there.svg');
        const gone = 'The file public/badges/gone.svg for GitLab Pages, an artifact of the job pages on main, does not exist yet, so GitLab would show a broken picture until it does.';
        assert.deepEqual(await warningsFor(`${url}/badges/there.svg`, `${url}/badges/gone.svg`, `${url}/mr-1/badges/gone.svg`), [['b1', gone]]);
      });

      it('are looked for in the folder that is published, and on a domain of their own', async () => {
        stage.shop.pages = { url: 'https://shop-acme-web-0a1b2c.pages.example.com', hasUniqueDomain: true, deployments: [site('', 'dist/site')] };
        keep('dist/site/there.svg');
        const [warning, ...others] = await warningsFor('https://shop-acme-web-0a1b2c.pages.example.com/there.svg', 'https://shop-acme-web-0a1b2c.pages.example.com/gone.svg');
        assert.match(warning?.[1] ?? '', /dist\/site\/gone\.svg/);
        assert.deepEqual(others, []);
      });

      const silent: [fact: string, pages: typeof stage.shop.pages, picture: string][] = [
        ['Pages are off', null, `${url}/gone.svg`],
        ['the site is that of another project', { url, hasUniqueDomain: false, deployments: [] }, 'https://acme.pages.example.com/other/gone.svg'],
        ['it is the home page of the namespace, with other sites below', { url: 'https://acme.pages.example.com', hasUniqueDomain: false, deployments: [] }, 'https://acme.pages.example.com/other/gone.svg'],
        ['the artifacts of the site have expired, or another job publishes it', { url, hasUniqueDomain: false, deployments: [site()] }, `${url}/gone.svg`],
      ];
      for (const [fact, pages, picture] of silent) {
        it(`are passed in silence where ${fact}`, async () => {
          stage.shop.pages = pages;
          keep('public/gone.svg', 'badges');
          assert.deepEqual(await warningsFor(picture), []);
        });
      }

      it('are passed in silence where the role does not let it be known', async () => {
        publishSite();
        const badges = list([{ name: 'a', link_url: 'https://example.com', image_url: `${url}/a.svg` }]);
        assert.deepEqual((await plan(publishing({ project: badges }), 'developer')).warnings, []);
      });

      it('are not asked for by the addresses of other hosts', async () => {
        await warningsFor('https://img.shields.io/acme/web/shop.svg', 'https://badges.example.com/acme/shop.svg');
        assert.deepEqual(ofPages(), []);
      });

      it('of a group are looked for in one of its projects', async () => {
        publishSite();
        const badges = list([{ name: 'a', link_url: 'https://example.com', image_url: 'https://acme.pages.example.com/web/%{project_name}/a.svg' }]);
        const { warnings } = await plan(publishing({ groups: { 'acme/web': badges } }));
        assert.match(warnings[0]?.message ?? '', /^A site on GitLab Pages does not exist yet in acme\/web\/shop, the project of this group/);
      });
    });

    describe('of a group', () => {
      const shownBy = (group: string, files: readonly string[], project: PublishDefinition['project'] = null) => {
        const badges = files.map((file) => ({ name: file, link_url: 'https://example.com', image_url: stage.gitlab.url + artifact(file) }));
        return publishing({ project, groups: { [group]: list(badges) } });
      };
      const gone = (project: string) =>
        `The artifact public/badges/gone.svg of the job badges on main does not exist yet in ${project}, the project of this group that was looked at, so GitLab would show a broken picture there until it does.`;
      const messages = async (definition: PublishDefinition, role?: Role) => (await plan(definition, role)).warnings.map(({ message }) => message);
      const searches = () => stage.requests().filter((request) => request.endsWith('/projects'));
      beforeEach(() => void stage.gitlab.data.addArtifact(stage.shop, { path: 'public/badges/there.svg', content: '<svg/>' }));

      it('are looked for in the project at hand, where that lies below the group', async () => {
        assert.deepEqual(await messages(shownBy('Acme', ['there', 'gone'], list([]))), [gone('acme/web/shop')]);
        assert.deepEqual(searches(), []);
      });

      it('are looked for in the project of its preview, where none is at hand', async () => {
        const newer = stage.gitlab.data.addProject({ path: 'newer', namespace: stage.web });
        stage.gitlab.data.addCommit(newer, { message: 'First' });
        stage.gitlab.data.addArtifact(newer, { path: 'public/badges/there.svg', content: '<svg/>' });
        assert.deepEqual(await messages(shownBy('acme/web', ['there', 'gone'])), [gone('acme/web/newer')]);
      });

      it('are passed in silence where it has no project', async () => {
        assert.deepEqual(await messages(shownBy('acme', ['gone'])), []);
        assert.deepEqual(searches(), ['GET groups/acme/projects']);
      });

      it('ask for no project where the pictures are the same for all of them, or the token may not change the group', async () => {
        await plan(publishing({ groups: { acme: list([record('a')]) } }));
        await plan(shownBy('acme/web', ['gone']), 'maintainer');
        assert.deepEqual(searches(), []);
      });

      it('are asked for once where several groups show the same one, and 20 at most', async () => {
        const files = Array.from({ length: 30 }, (_, index) => `gone${index}`);
        const { groups } = shownBy('acme', files);
        assert.equal((await messages(publishing({ project: list([]), groups: { acme: groups.get('acme')!, 'acme/web': groups.get('acme')! } }))).length, 40);
        assert.equal(stage.requests().filter((request) => request.includes('/artifacts/')).length, 20);
      });

      it('are looked for in 20 groups at most', async () => {
        const groups = Array.from({ length: 30 }, (_, index) => stage.gitlab.data.addGroup({ path: `g${index}`, parent: stage.acme }));
        await plan(publishing({ groups: Object.fromEntries(groups.map((group) => [`acme/${group.path}`, shownBy('acme', ['gone']).groups.get('acme')!])) }));
        assert.equal(searches().length, 20);
      });
    });

    it('are missed in a repository without a commit, which nobody is asked about', async () => {
      stage.shop.commits.length = 0;
      assert.deepEqual((await warningsFor(artifact('a'), '/%{project_path}/-/raw/%{default_branch}/b.svg', 'https://example.com/x.svg')).map(([, message]) => message), [
        'The artifact public/badges/a.svg of the job badges on the default branch does not exist yet, so GitLab would show a broken picture until it does.',
        'The file b.svg on the default branch does not exist yet, so GitLab would show a broken picture until it does.',
      ]);
      assert(!stage.requests().some((request) => /artifacts|repository\/files/.test(request)));
    });

    it('are passed in silence where GitLab does not tell', async () => {
      stage.gitlab.faults.next({ match: { path: /artifacts/ }, action: { status: 403, body: { message: '403 Forbidden' } } });
      assert.deepEqual(await warningsFor(artifact('gone')), []);
    });
  });

  describe('placeholders', () => {
    const using = (name: string) => publishing({ project: list([{ name: 'a', link_url: `https://example.com/%{${name}}`, image_url: 'https://example.com/a.svg' }]) });

    it('of the first versions are not asked for', async () => {
      assert.deepEqual((await plan(using('project_path'))).warnings, []);
      assert(!stage.requests().some((request) => request.includes('render')));
    });

    it('that stand for nothing here are told', async () => {
      const { warnings } = await plan(using('latest_tag'));
      assert.match(warnings[0]?.message ?? '', /%\{latest_tag\} stays in the URL as text: there is nothing it stands for/);
      assert.deepEqual(warnings[0]?.range, { start: 0, end: 50 });
      assert.deepEqual((await plan(using('project_title'))).warnings, []);
    });

    const alsoIn = (group: string, name: string) => publishing({ project: using(name).project, groups: { [group]: using(name).project! } });
    it('that the version of GitLab does not know are told for every target, after one request', async () => {
      stage.gitlab.settings.unknownPlaceholders = ['project_title'];
      const { warnings } = await plan(alsoIn('acme', 'project_title'));
      assert.deepEqual(warnings.map(({ target, message }) => [target.path, message]), ['acme/web/shop', 'acme'].map((path) => [path, '%{project_title} stays in the URL as text: the version of this GitLab does not know it.']));
      assert.equal(stage.requests().filter((request) => request.includes('render')).length, 1);
    });

    it('that stand for nothing in one project may stand for something in another', async () => {
      const { warnings } = await plan(alsoIn('acme', 'latest_tag'));
      assert.deepEqual(warnings.map(({ target }) => target.path), ['acme/web/shop']);
    });

    it('are asked for in the next group, where the first one has no project', async () => {
      stage.gitlab.settings.unknownPlaceholders = ['project_title'];
      const badges = using('project_title').project!;
      const { warnings } = await plan(publishing({ groups: { acme: badges, 'acme/web': badges } }));
      assert.deepEqual(warnings.map(({ target }) => target.path), ['acme', 'acme/web']);
      const empty = Array.from({ length: 9 }, (_, index) => `acme/${stage.gitlab.data.addGroup({ path: `e${index}`, parent: stage.acme }).path}`);
      stage.gitlab.requests.length = 0;
      await plan(publishing({ groups: Object.fromEntries(empty.map((path) => [path, badges])) }));
      assert.equal(stage.requests().filter((request) => request.includes('render')).length, 5);
    });

    it('of a group without a project tell nothing of the version', async () => {
      const { warnings } = await plan(publishing({ groups: { acme: using('project_title').project! } }));
      assert.deepEqual(warnings, []);
    });
  });
});
