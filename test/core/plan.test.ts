import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planBadges, type BadgeRecord, type Change, type ExistingBadge } from '../../src/core/plan';

const target = { scope: 'project', path: 'acme/shop' } as const;
const badge = (name: string | null, image = 'a', link = 'l'): BadgeRecord => ({
  name,
  link_url: `https://gitlab.example.com/${link}`,
  image_url: `https://gitlab.example.com/${image}.svg`,
});
const on = (id: number, name: string | null, image = 'a', link = 'l'): ExistingBadge => ({ id, ...badge(name, image, link) });
const shape = (changes: readonly Change[]) => changes.map((c) => [c.action, c.name, 'id' in c ? c.id : null]);

describe('planBadges', () => {
  const cases: { it: string; wanted: BadgeRecord[]; existing: ExistingBadge[]; prune?: boolean; plan: unknown[] }[] = [
    { it: 'creates what is not there', wanted: [badge('a')], existing: [], plan: [['create', 'a', null]] },
    { it: 'keeps what is the same', wanted: [badge('a')], existing: [on(1, 'a')], plan: [['keep', 'a', 1]] },
    { it: 'updates by name', wanted: [badge('a', 'new')], existing: [on(1, 'a', 'old')], plan: [['update', 'a', 1]] },
    { it: 'updates by image URL where no name fits', wanted: [badge('a')], existing: [on(1, 'old name')], plan: [['update', 'a', 1]] },
    { it: 'gives a nameless badge its name', wanted: [badge('a')], existing: [on(1, null)], plan: [['update', 'a', 1]] },
    { it: 'tells names apart by case', wanted: [badge('A', 'x')], existing: [on(1, 'a', 'y')], plan: [['create', 'A', null], ['keep', 'a', 1]] },
    { it: 'prefers the name to the image URL', wanted: [badge('a', 'x'), badge('b', 'y')], existing: [on(1, 'b', 'x')], plan: [['create', 'a', null], ['update', 'b', 1]] },
    { it: 'keeps a further badge of the same name without prune', wanted: [badge('a')], existing: [on(1, 'a', 'old'), on(2, 'a')], plan: [['keep', 'a', 2], ['keep', 'a', 1]] },
    { it: 'deletes a further badge of the same name with prune', wanted: [badge('a')], existing: [on(1, 'a'), on(2, 'a')], prune: true, plan: [['keep', 'a', 1], ['delete', 'a', 2]] },
    { it: 'pairs two wanted of one name with the two that exist', wanted: [badge('a', 'x'), badge('a', 'y')], existing: [on(1, 'a', 'y'), on(2, 'a', 'z')], plan: [['update', 'a', 2], ['keep', 'a', 1]] },
    { it: 'deletes nothing without prune', wanted: [], existing: [on(1, 'a')], plan: [['keep', 'a', 1]] },
    { it: 'deletes what is not wanted with prune', wanted: [], existing: [on(1, 'a')], prune: true, plan: [['delete', 'a', 1]] },
  ];
  for (const { it: fact, wanted, existing, prune = false, plan } of cases) {
    it(fact, () => assert.deepEqual(shape(planBadges(target, wanted, existing, { prune })), plan));
  }

  it('says what differs', () => {
    const [change] = planBadges(target, [badge('a', 'new', 'new')], [on(1, 'a', 'old', 'old')], { prune: false });
    assert.equal(change?.reason, 'link URL, image URL differ');
  });

  it('takes blanks around a URL for no difference, since GitLab strips them', () => {
    const [change] = planBadges(target, [{ ...badge('a'), image_url: ' https://gitlab.example.com/a.svg ' }], [on(1, 'a')], { prune: false });
    assert.equal(change?.action, 'keep');
  });

  it('leaves the name as it is where none is wanted', () => {
    const [change] = planBadges(target, [badge(null, 'a', 'new')], [on(1, 'a')], { prune: false });
    assert.deepEqual([change?.action, change?.name, change && 'after' in change && change.after.name], ['update', 'a', 'a']);
    assert.equal(planBadges(target, [badge(null)], [on(1, 'a')], { prune: false })[0]?.action, 'keep');
  });

  it('deletes nothing while an entry is wrong, and says so', () => {
    const changes = planBadges(target, [badge('a')], [on(1, 'a'), on(2, 'b', 'b')], { prune: true, broken: [null] });
    assert.deepEqual(shape(changes), [['keep', 'a', 1], ['keep', 'b', 2]]);
    assert.match(changes[1]?.reason ?? '', /an entry there is wrong/);
  });

  it('makes no other badge of the one that a wrong entry names', () => {
    const changes = planBadges(target, [badge('new')], [on(1, 'a')], { prune: true, broken: ['a'] });
    assert.deepEqual(shape(changes), [['create', 'new', null], ['keep', 'a', 1]]);
  });

  const records = fc.array(
    fc.record({ name: fc.option(fc.constantFrom('a', 'b', 'c')), link_url: fc.constantFrom('l', 'm'), image_url: fc.constantFrom('x', 'y', 'z') }),
    { maxLength: 6 },
  );
  it('has nothing left to do once it was carried out', () => {
    fc.assert(
      fc.property(records, records, fc.boolean(), (wanted, existing, prune) => {
        const before = existing.map((record, index) => ({ ...record, id: index }));
        const after = carryOut(planBadges(target, wanted, before, { prune }), before);
        assert.ok(planBadges(target, wanted, after, { prune }).every((change) => change.action === 'keep'));
      }),
    );
  });
  it('comes to the same end after any part of it was carried out, with nothing twice', () => {
    fc.assert(
      fc.property(records, records, fc.boolean(), fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (wanted, existing, prune, done) => {
        const before = existing.map((record, index) => ({ ...record, id: index }));
        const plan = planBadges(target, wanted, before, { prune });
        const interrupted = carryOut(plan.filter((_, index) => done[index]), before);
        const after = carryOut(planBadges(target, wanted, interrupted, { prune }), interrupted);
        assert.ok(planBadges(target, wanted, after, { prune }).every((change) => change.action === 'keep'));
        assert.equal(after.length, carryOut(plan, before).length);
      }),
      {
        numRuns: 2000,
        // An update of a twin, and of a badge without a name, that made another one lose its partner.
        examples: [
          [[badge('b', 'x'), badge('b', 'z'), badge(null, 'x'), badge('b', 'x'), badge('b', 'y')], [badge(null, 'z'), badge('b', 'y'), badge('b', 'y')], false, only(3)],
          [[badge(null, 'z'), badge(null, 'x', 'm'), badge('c', 'z'), badge('c', 'x', 'm')], [badge('c', 'x'), badge('c', 'y'), badge('c', 'x')], false, only(1)],
        ],
      },
    );
  });
  it('never pairs one existing badge twice and loses none', () => {
    fc.assert(
      fc.property(records, records, (wanted, existing) => {
        const before = existing.map((record, index) => ({ ...record, id: index }));
        const ids = planBadges(target, wanted, before, { prune: false }).flatMap((change) => ('id' in change ? [change.id] : []));
        assert.deepEqual([...ids].sort(), before.map((b) => b.id));
      }),
    );
  });
});

/** Only one of twelve changes. */
function only(index: number): boolean[] {
  return Array.from({ length: 12 }, (_, each) => each === index);
}

function carryOut(changes: readonly Change[], existing: readonly ExistingBadge[]): ExistingBadge[] {
  let next = Math.max(99, ...existing.map((b) => b.id)) + 1;
  const byId = new Map(existing.map((b) => [b.id, b]));
  for (const change of changes) {
    if (change.action === 'create') byId.set(next, { id: next++, ...change.after });
    if (change.action === 'update') byId.set(change.id, { id: change.id, ...change.after });
    if (change.action === 'delete') byId.delete(change.id);
  }
  return [...byId.values()];
}
