/**
 * What a token of these scopes cannot be used for; null where nothing is missing, or cannot be told: for scopes that GitLab
 * did not name, and for fine-grained tokens (`granular`, GitLab 18.10), whose permissions are not in the list.
 */
export function scopeGap(scopes: readonly string[] | null): 'read' | 'push' | null {
  if (!scopes || scopes.includes('api') || scopes.includes('granular')) return null;
  return scopes.includes('read_api') ? 'push' : 'read';
}
