import { ProjectMembers } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { decodePage } from './decode';
import { readPages } from './pagedList';

export interface Member {
  readonly username: string;
  /** 5 Minimal Access to 50 Owner. */
  readonly accessLevel: number;
}

/** The members of a project with those it inherits and those of invited groups. GitLab wants a login for it, also in public projects. */
export async function listMembers(connection: Connection, project: string, signal?: AbortSignal): Promise<readonly Member[]> {
  const target = `${project} (members/all)`;
  const members = connection.resource(ProjectMembers<false>, signal);
  const fetchPage = async (page: number, perPage: number) => {
    const answer: unknown = await members.all(project, { includeInherited: true, page, perPage, showExpanded: true });
    return decodePage(memberSchema, answer, target);
  };
  const { items } = await readPages(target, fetchPage);
  return items.map((member) => ({ username: member.username, accessLevel: member.access_level }));
}

const memberSchema = v.object({ username: v.string(), access_level: v.number() });
