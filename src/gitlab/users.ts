import { PersonalAccessTokens, Users } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { decode, optional } from './decode';
import { isGitLabError } from './gitlabError';

interface CurrentUser {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  /** True for the user behind a project or group access token. */
  readonly bot: boolean;
}

interface TokenInfo {
  readonly name: string;
  readonly scopes: readonly string[];
  /** The day it stops to work, `2026-12-31`; null where it never does. */
  readonly expiresAt: string | null;
  readonly active: boolean;
}

/** Whose token it is. Needs one of the scopes api, read_api and read_user. */
export async function getCurrentUser(connection: Connection, signal?: AbortSignal): Promise<CurrentUser> {
  const answer: unknown = await connection.resource(Users<false>, signal).showCurrentUser();
  const user = decode(userSchema, answer, 'user');
  return { id: user.id, username: user.username, name: user.name, bot: user.bot ?? false };
}

/** Whether an account is a bot. GitLab.com allows 300 of these in ten minutes. */
export async function isBotUser(connection: Connection, id: number, signal?: AbortSignal): Promise<boolean> {
  const answer: unknown = await connection.resource(Users<false>, signal).show(id);
  return decode(v.object({ bot: optional(v.boolean()) }), answer, 'users').bot ?? false;
}

/** What GitLab says of the token itself, for any scope; null where it is no access token, or GitLab is older than 15.5. */
export async function getTokenInfo(connection: Connection, signal?: AbortSignal): Promise<TokenInfo | null> {
  try {
    const answer: unknown = await connection.resource(PersonalAccessTokens<false>, signal).show();
    const token = decode(tokenSchema, answer, 'personal_access_tokens/self');
    return { name: token.name, scopes: token.scopes, expiresAt: token.expires_at, active: token.active ?? true };
  } catch (error) {
    if (isGitLabError(error) && (error.details.status === 400 || error.details.status === 404)) return null;
    throw error;
  }
}

/** The scopes of the token, for advice before anything is tried: null wherever GitLab does not tell them, for whatever reason. */
export async function getTokenScopes(connection: Connection, signal?: AbortSignal): Promise<readonly string[] | null> {
  try {
    return (await getTokenInfo(connection, signal))?.scopes ?? null;
  } catch (error) {
    if (isGitLabError(error)) return null;
    throw error;
  }
}

const userSchema = v.object({ id: v.number(), username: v.string(), name: v.string(), bot: optional(v.boolean()) });

const tokenSchema = v.object({
  name: v.string(),
  scopes: v.array(v.string()),
  expires_at: optional(v.string()),
  active: optional(v.boolean()),
});
