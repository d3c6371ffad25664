import { forbidden, json, notFound, refuse } from '../answer';
import { isExpired } from '../authentication';
import { userEntity } from '../entities';
import type { Router } from '../router';

/** Who the caller is, and what answers. */
export function userRoutes(router: Router): void {
  const readUser = { scopes: ['read_user'] };

  router.get('/user', readUser, (call) => {
    const user = call.caller().requireUser();
    return json({
      id: user.id,
      username: user.username,
      name: user.name,
      state: user.state,
      locked: false,
      avatar_url: null,
      web_url: `${call.instance.externalUrl()}/${user.username}`,
      created_at: '2024-01-01T00:00:00.000Z',
      bio: '',
      bot: user.bot,
      email: user.email,
      current_sign_in_at: null,
      two_factor_enabled: false,
      external: false,
      ...(user.admin ? { is_admin: true } : {}),
    });
  });

  // Only here does REST say whether an account is a bot.
  router.get('/users/:user_id', { ...readUser, params: { user_id: { type: 'integer' } } }, (call) => {
    if (!call.caller().user) throw forbidden();
    const user = call.instance.data.users.find(({ id }) => id === call.params.number('user_id'));
    if (!user) throw notFound('User');
    return json({ ...userEntity(call, user), created_at: '2024-01-01T00:00:00.000Z', bio: '', location: null, bot: user.bot, work_information: null, followers: 0, following: 0 });
  });

  router.get('/personal_access_tokens/self', { scopes: 'any' }, (call) => {
    const caller = call.caller();
    caller.requireUser();
    const { token } = caller;
    if (token?.kind !== 'personal') throw refuse(400, '400 Bad request - This endpoint requires token type to be a personal access token');
    return json({
      id: token.id,
      name: token.name,
      revoked: token.revoked,
      created_at: token.createdAt,
      description: null,
      scopes: token.scopes,
      user_id: token.user.id,
      last_used_at: null,
      active: !token.revoked && !isExpired(token, call.instance.now()),
      expires_at: token.expiresAt,
    });
  });

  router.get('/version', readUser, (call) => {
    call.caller().requireUser();
    const { version, revision } = call.instance.settings;
    return json({ version, revision });
  });

  router.get('/metadata', readUser, (call) => {
    call.caller().requireUser();
    const { version, revision } = call.instance.settings;
    return json({ version, revision, kas: { enabled: false, externalUrl: null, externalK8sProxyUrl: null, version: null }, enterprise: false });
  });
}
