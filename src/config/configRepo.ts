/** In a configuration: the folder it lies in. */
export const configRepoPlaceholder = '<badge-config-repo>';

/** What the placeholder stands for in the remote configuration at a URL: the URL without query and fragment, up to its last `/`, without that slash. */
export function configRepoOf(url: string): string {
  const path = url.replace(/[?#].*$/s, '');
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Whether a URL is of a file beside the configuration, where that is a file of this machine. */
export function isBesideConfig(url: string): boolean {
  return url.startsWith(configRepoPlaceholder);
}

/** The path of such a file, from the folder of the configuration. */
export function pathBesideConfig(url: string): string {
  return url.slice(configRepoPlaceholder.length).replace(/[?#].*$/s, '').replace(/^\/+/, '');
}
