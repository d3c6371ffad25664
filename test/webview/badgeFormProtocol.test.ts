import assert from 'node:assert/strict';
import { decodeFormState, decodeFromForm, decodeToForm, type FormFields } from '../../src/webview/badgeFormProtocol';
import { optionsFor } from '../../src/webview/formOptions';

const fields: FormFields = { target: 'project:acme/shop', kind: 'pipeline', options: { branch: 'main' }, name: 'a', link_url: 'l', image_url: 'i' };

describe('what the page of a form says', () => {
  const understood = [
    { type: 'ready', turn: 0, fields: null },
    { type: 'ready', turn: 0, fields },
    { type: 'change', turn: 3, fields },
    { type: 'save', turn: 3, fields, destination: 'file' },
    { type: 'stop' },
    { type: 'close' },
    { type: 'remedy', remedy: 'signIn' },
  ];
  for (const message of understood) it(`${JSON.stringify(message)} is understood`, () => assert.deepEqual(decodeFromForm(JSON.parse(JSON.stringify(message))), message));

  const dropped = [
    null,
    'ready',
    {},
    { type: 'other' },
    { type: 'ready' },
    { type: 'change', turn: 1, fields: null },
    { type: 'change', turn: '1', fields },
    { type: 'change', turn: 1, fields: { ...fields, kind: 'x' } },
    { type: 'change', turn: 1, fields: { ...fields, name: 1 } },
    { type: 'save', turn: 1, fields, destination: 'elsewhere' },
    { type: 'remedy', remedy: 'workbench.action.quit' },
  ];
  for (const message of dropped) it(`${JSON.stringify(message)} is dropped`, () => assert.equal(decodeFromForm(message), null));

  it('keeps no option that there is not', () => {
    const message = decodeFromForm({ type: 'change', turn: 1, fields: { ...fields, options: { branch: 'main', evil: 'x', job: 1 } } });
    assert.deepEqual(message && 'fields' in message && message.fields?.options, { branch: 'main' });
  });
});

describe('what the page of a form keeps', () => {
  const state = { subject: { folder: 'file:///shop', badge: { scope: 'group', path: 'acme', id: 7 } }, fields, chosen: { branch: 'main' }, own: ['link_url'], touched: true };
  it('comes back', () => assert.deepEqual(decodeFormState(JSON.parse(JSON.stringify(state))), state));
  it('may be no more than what it is about', () => {
    const subject = { folder: 'file:///shop', badge: null };
    assert.deepEqual(decodeFormState({ subject }), { subject, fields: null, chosen: {}, own: [], touched: false });
  });
  for (const value of [null, 'x', {}, { subject: null }, { subject: { folder: 1, badge: null } }, { subject: { folder: 'x', badge: { scope: 'user', path: 'a', id: 1 } } }, { subject: { folder: 'x' } }]) {
    it(`is not ${JSON.stringify(value)}`, () => assert.equal(decodeFormState(value), null));
  }
});

describe('what the page of a form is shown', () => {
  it('is a view', () => assert.ok(decodeToForm({ type: 'view', view: { turn: 1 } })));
  for (const message of [null, {}, { type: 'view' }, { type: 'view', view: {} }, { type: 'other', view: { turn: 1 } }]) {
    it(`is not ${JSON.stringify(message)}`, () => assert.equal(decodeToForm(message), null));
  }
});

describe('the options of a kind of badge', () => {
  it('are those it knows: the chosen ones over the defaults', () => {
    assert.deepEqual(optionsFor('generated', { stem: 'a', style: 'flat-square' }, { job: 'badges' }), { stem: 'a', job: 'badges' });
    assert.deepEqual(optionsFor('generated', { job: 'mine' }, { job: 'badges' }), { job: 'mine' });
  });
  it('may be emptied by hand, without the default coming back', () => assert.deepEqual(optionsFor('generated', { job: '' }, { job: 'badges' }), {}));
  it('leave out what makes no difference', () => assert.deepEqual(optionsFor('generated', { from: 'pages', branch: 'x' }, { job: 'badges' }), { from: 'pages' }));
});
