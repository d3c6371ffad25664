/** The users that GitLab makes for the access tokens of a project or a group; the first ones had no random part. */
const tokenAddress = /^(?:project|group)_\d+_bot(?:\d*|_[^@]*)@/i;

/** Whether the author of a commit is a bot, by marks that only bots carry: a name that merely sounds like one is a person's. */
export function isBotAuthor(name: string, email: string): boolean {
  return [name, email].some((text) => text.toLowerCase().includes('[bot]')) || tokenAddress.test(email.trim());
}
