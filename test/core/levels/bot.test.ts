import assert from 'node:assert/strict';
import { isBotAuthor } from '../../../src/core/levels/bot';

describe('isBotAuthor', () => {
  const cases: [name: string, email: string, bot: boolean][] = [
    ['renovate[bot]', 'renovate@acme.example', true],
    ['Renovate', '29139614+renovate[bot]@users.noreply.github.com', true],
    ['Renovate [Bot]', 'renovate@acme.example', true],
    ['Release token', 'project_42_bot_0a1b2c@noreply.gitlab.example.com', true],
    ['Release token', 'Group_42_Bot_0a1b2c@noreply.gitlab.example.com', true],
    ['Release token', 'project_42_bot@noreply.gitlab.example.com', true],
    ['Release token', 'project_42_bot3@noreply.gitlab.example.com', true],
    ['Build Team', 'build@acme.example', false],
    ['Abbot', 'abbot@acme.example', false],
    ['Release Bot', 'release-bot@acme.example', false],
    ['bot', 'bot@bot.example', false],
    ['Team', 'project_x_bot_1@acme.example', false],
    ['Team', 'my_project_42_bot_1@acme.example', false],
    ['Team', 'project_42_bottle@acme.example', false],
    ['Team', 'team@project_42_bot_1.example', false],
    ['', '', false],
  ];
  for (const [name, email, bot] of cases) it(`is ${bot} for ${name} <${email}>`, () => assert.equal(isBotAuthor(name, email), bot));
});
