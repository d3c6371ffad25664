import assert from 'node:assert/strict';
import { describeTarget, errorFromAnswer } from '../../src/gitlab/errorAnswer';

describe('describeTarget', () => {
  const cases: [url: string, instance: string, target: string][] = [
    ['https://h/api/v4/projects/acme%2Fweb%2Fshop', 'https://h', 'acme/web/shop'],
    ['https://h/api/v4/projects/42', 'https://h', 'project 42'],
    ['https://h/api/v4/projects/acme%2Fshop/repository/commits?private=1', 'https://h', 'acme/shop (repository/commits)'],
    ['https://h/gitlab/api/v4/groups/acme/badges', 'https://h/gitlab', 'acme (badges)'],
    ['https://h/api/v4/groups/7/badges/3', 'https://h', 'group 7 (badges/3)'],
    ['https://h/api/v4/user', 'https://h', 'user'],
    ['https://h/api/v4/personal_access_tokens/self', 'https://h', 'personal_access_tokens/self'],
    ['https://h/acme/shop/-/raw/main/x.json?token=1', 'https://h', 'acme/shop/-/raw/main/x.json'],
    ['https://h/api/v4/projects/%E0%A4%A', 'https://h', '%E0%A4%A'],
  ];
  for (const [url, instance, target] of cases) {
    it(`${url} is about ${target}`, () => assert.equal(describeTarget(new URL(url), instance), target));
  }
});

describe('errorFromAnswer', () => {
  const answer = { contentType: 'application/json', target: 'acme/shop', token: 'private', fromApi: true } as const;

  it('reads a limit of one endpoint, which has its words one level down', () => {
    const text = JSON.stringify({ message: { error: 'This endpoint has been requested too many times. Try again later.' } });
    const error = errorFromAnswer({ ...answer, status: 429, text });
    assert.deepEqual([error.reason, error.details.answer], ['rate-limited', 'This endpoint has been requested too many times. Try again later.']);
  });

  it('says when to come back', () => {
    const retryAt = Date.UTC(2026, 0, 2, 3, 4, 5);
    const error = errorFromAnswer({ ...answer, status: 429, text: 'Retry later\n', contentType: 'text/plain', retryAt });
    assert.match(error.message, /Try again after 2026-01-02T03:04:05/);
    assert.deepEqual([error.details.retryAt, error.details.answer], [retryAt, 'Retry later']);
  });

  it('reads a list of messages', () => {
    const error = errorFromAnswer({ ...answer, status: 422, text: '{"message":["one","two"]}' });
    assert.deepEqual([error.reason, error.details.answer, error.details.fields], ['refused', 'one, two', { base: ['one', 'two'] }]);
  });

  it('knows a token with fine-grained permissions that lacks one', () => {
    assert.equal(errorFromAnswer({ ...answer, status: 403, text: '{"error":"insufficient_granular_scope"}' }).reason, 'insufficient-scope');
  });

  const refused: [token: 'private' | 'job' | 'oauth' | null, advice: RegExp][] = [
    [null, /this needs a token/],
    ['private', /the token is not valid here/],
    ['oauth', /the token is not valid here/],
    ['job', /a job token is not accepted for this, or its job is over\. Use an access token\./],
  ];
  for (const [token, advice] of refused) {
    it(`says at 401 what to do with ${token === null ? 'no' : `a ${token}`} token`, () => assert.match(errorFromAnswer({ ...answer, token, status: 401, text: '{"message":"401 Unauthorized"}' }).message, advice));
  }

  it('leaves a web page for a file what its status says', () => {
    assert.equal(errorFromAnswer({ ...answer, fromApi: false, contentType: 'text/html', status: 404, text: '<html>' }).reason, 'not-found');
  });
});
