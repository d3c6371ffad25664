/** Who a commit names as its author. */
interface Author {
  readonly name: string;
  readonly email: string;
}

interface Entry {
  /** For whoever uses the address under a name that has no entry of its own. */
  any: Partial<Author>;
  /** By name, in lower case. */
  readonly byName: Map<string, Partial<Author>>;
}

/** The entries of a `.mailmap` by the address that commits carry, in lower case. */
type Mailmap = ReadonlyMap<string, Readonly<Entry>>;

/**
 * Reads git's mailmap, https://git-scm.com/docs/gitmailmap: one entry a line, `Proper Name <commit@email>`, `<proper@email>
 * <commit@email>`, `Proper Name <proper@email> <commit@email>` or `Proper Name <proper@email> Commit Name <commit@email>`. As
 * in git, a line that starts with `#` or holds no address is skipped, and what a later entry says takes the place of what an earlier one does.
 */
export function parseMailmap(text: string): Mailmap {
  const entries = new Map<string, Entry>();
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) continue;
    const [first, second] = Array.from(line.matchAll(/([^<]*)<([^>]*)>/gy), ([, name = '', email = '']) => ({ name: name.trim(), email }));
    if (!first || first.email === '') continue;
    const proper: Partial<Author> = { ...(first.name !== '' && { name: first.name }), ...(second && { email: first.email }) };
    const { name, email } = second ?? { name: '', email: first.email };
    const key = email.toLowerCase();
    const entry = entries.get(key) ?? { any: {}, byName: new Map() };
    entries.set(key, entry);
    if (name === '') entry.any = { ...entry.any, ...proper };
    else entry.byName.set(name.toLowerCase(), proper);
  }
  return entries;
}

/** Who the author really is. Upper and lower case don't count, and the result is not looked up again. */
export function mapAuthor(mailmap: Mailmap, author: Author): Author {
  const entry = mailmap.get(author.email.toLowerCase());
  return { ...author, ...(entry?.byName.get(author.name.toLowerCase()) ?? entry?.any) };
}
