import { canReadMembers, membersOf, membershipsOf, projectRole, type Membership } from '../access';
import { accessLevel, groupAndAncestors, type FakeProject } from '../data';
import { connection, type Connection, type PageArgs } from './connection';
import { accessLevelNode, globalId, notAvailable, sorted, userNode, type Context } from './context';

export interface MemberArgs extends PageArgs {
  readonly accessLevels?: readonly string[] | null;
  readonly ids?: readonly string[] | null;
  readonly relations?: readonly string[] | null;
  readonly search?: string | null;
  readonly sort?: string | null;
}

interface MemberRow {
  readonly id: number;
  readonly typename: 'ProjectMember' | 'GroupMember';
  readonly member: Membership['member'] | null;
  readonly accessLevel: number;
}

/**
 * Each member once, with the role that counts in the end. As GitLab's finder has it: `[DIRECT]` alone gives the project's
 * own; anything else gives those of the groups above as well, asked for or not.
 */
export function memberConnection(context: Context, project: FakeProject, args: MemberArgs): Connection {
  if (!canReadMembers(context.caller, project)) throw notAvailable();
  const relations = args.relations ?? ['DIRECT', 'INHERITED'];
  const isAsked: Record<Membership['relation'], boolean> = {
    direct: relations.includes('DIRECT'),
    inherited: relations.length !== 1 || relations[0] !== 'DIRECT',
    invited: relations.includes('INVITED_GROUPS'),
    shared: relations.includes('SHARED_INTO_ANCESTORS'),
  };
  const levels = new Map(membersOf(project).map((member) => [member.user, member.accessLevel]));
  const rows = new Map<string, MemberRow>();
  const memberships = [...membershipsOf(project).filter(({ relation }) => isAsked[relation]), ...(relations.includes('DESCENDANTS') ? descendants(context, project) : [])];
  for (const { relation, member } of memberships) {
    const { user } = member;
    if (rows.has(user.username)) continue;
    rows.set(user.username, { id: user.id, typename: relation === 'direct' ? 'ProjectMember' : 'GroupMember', member, accessLevel: levels.get(user) ?? member.accessLevel });
  }
  // Who was asked by e-mail is there for Maintainers alone, and is no user yet.
  if (isAsked.direct && projectRole(context.caller, project) >= accessLevel.maintainer) {
    for (const [index, { email, accessLevel: level }] of project.invitations.entries()) {
      rows.set(email, { id: 1_000_000 + index, typename: 'ProjectMember', member: null, accessLevel: level });
    }
  }
  const search = args.search?.toLowerCase() ?? '';
  const wanted = [...rows.values()]
    .filter(({ member }) => search === '' || `${member?.user.name ?? ''}\n${member?.user.username ?? ''}`.toLowerCase().includes(search))
    .filter(({ member }) => args.ids == null || (member !== null && args.ids.includes(globalId('User', member.user.id))))
    .filter((row) => args.accessLevels == null || args.accessLevels.includes(levelWord(row.accessLevel)));
  const sortedRows = sorted(wanted, args.sort ?? 'ID_ASC', {
    ACCESS_LEVEL: (row) => row.accessLevel,
    USER_FULL_NAME: (row) => row.member?.user.name ?? '',
  });
  return connection(sortedRows, args, {
    key: (row) => row.id,
    node: (row) => ({
      __typename: row.typename,
      id: globalId(row.typename, row.id),
      accessLevel: accessLevelNode(row.accessLevel),
      user: () => userNode(row.member?.user ?? null),
      createdAt: project.createdAt,
      updatedAt: project.createdAt,
      expiresAt: null,
    }),
  });
}

function levelWord(level: number): string {
  return (accessLevelNode(level) as { readonly stringValue: string | null }).stringValue ?? '';
}

/** Members of groups below the project's group. */
function descendants({ instance }: Context, project: FakeProject): Membership[] {
  const { namespace } = project;
  if (namespace.kind !== 'group') return [];
  const below = instance.data.groups.filter((group) => group !== namespace && groupAndAncestors(group).includes(namespace));
  return below.flatMap(({ members }) => members.map((member): Membership => ({ relation: 'inherited', member })));
}
