import assert from 'node:assert/strict';
import { openFolder } from '../../src/app/diskFolder';
import { planMigration } from '../../src/app/migrate';
import { tempFolder } from './tempFolder';

const never = new AbortController().signal;
const job = 'badges:\n  image: python\n  script:\n    - pip install badges-gitlab\n    - badges-gitlab\n';
const table = '[tool.badges_gitlab]\npath = "public/badges"\n';

async function plan(files: Readonly<Record<string, string>>) {
  const temp = tempFolder(files);
  try {
    return await planMigration(openFolder(temp.root), never);
  } finally {
    temp.remove();
  }
}

describe('planning a migration from badges-gitlab', () => {
  it('finds nothing where nothing is', async () => {
    assert.equal(await plan({}), null);
    assert.equal(await plan({ '.gitlab-ci.yml': 'build: { script: make }\n', 'pyproject.toml': '[project]\nname = "x"\n' }), null);
  });

  it('changes the pipeline and what it includes from the folder', async () => {
    const migration = await plan({ '.gitlab-ci.yml': 'include: [ci/a.yml, ci/b.yml]\nbuild: { script: make }\n', 'ci/a.yml': job, 'ci/b.yml': 'lint: { script: x }\n', 'ci/unused.yml': job });
    assert.deepEqual([migration?.files.map(({ file }) => file), migration?.jobs], [['ci/a.yml'], ['badges']]);
  });

  it('names a file that cannot be read, and goes on', async () => {
    const migration = await plan({ '.gitlab-ci.yml': `include: ci/a.yml\n${job}`, 'ci/a.yml': 'x:\n\tscript: badges-gitlab\n' });
    assert.deepEqual([migration?.files.map(({ file }) => file), migration?.obstacles.map(({ file, range }) => [file, range?.start])], [['.gitlab-ci.yml'], [['ci/a.yml', 3]]]);
  });

  const tables: readonly (readonly [what: string, files: Readonly<Record<string, string>>, remarks: readonly RegExp[]])[] = [
    ['that counts', { 'pyproject.toml': table }, [/is read as it stands/]],
    ['beside another configuration', { 'pyproject.toml': table, '.gitlab/badges.yaml': 'style: flat\n' }, [/does not count beside \.gitlab\/badges\.yaml/]],
    ['with a mistake', { 'pyproject.toml': `${table}style = "round"\n` }, [/as it stands/, /^One thing in it is marked: .*round/]],
    ['and the dependency', { 'pyproject.toml': `[project]\ndependencies = [\n  "badges-gitlab>=1",\n]\n${table}` }, [/as it stands/, /as a dependency/]],
  ];
  for (const [what, files, remarks] of tables) {
    it(`says what becomes of a table ${what}`, async () => {
      const migration = await plan(files);
      assert.equal(migration?.remarks.length, remarks.length, migration?.remarks.join('\n'));
      remarks.forEach((remark, index) => assert.match(migration.remarks[index] ?? '', remark));
      assert.deepEqual(migration.files, []);
    });
  }
});
