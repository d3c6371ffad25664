/**
 * Hosts that serve badges, by name or as the end of it; with a path where a host serves other pictures as well. Pictures of any other
 * host are none of our business.
 */
const badgeHosts: readonly (readonly [host: string, path?: RegExp])[] = [
  ['img.shields.io'],
  ['badgen.net'],
  ['badge.fury.io'],
  ['badges.gitter.im'],
  ['badges.frapsoft.com'],
  ['api.codeclimate.com', /\/badges?\//],
  ['api.netlify.com', /\/badges\//],
  ['api.reuse.software', /\/badge\//],
  ['api.scorecard.dev'],
  ['api.securityscorecards.dev'],
  ['api.travis-ci.com'],
  ['app.codacy.com', /\/badge\//],
  ['app.fossa.io', /\.svg$/],
  ['app.fossa.com', /\.svg$/],
  ['app.readthedocs.org', /\/badge\//],
  ['badge.buildkite.com'],
  ['bestpractices.coreinfrastructure.org', /\/badge$/],
  ['www.bestpractices.dev', /\/badge$/],
  ['ci.appveyor.com', /\/status\//],
  ['circleci.com', /\.svg$/],
  ['codecov.io', /\/badge\.svg$/],
  ['coveralls.io', /\/badge\.svg$/],
  ['deepscan.io', /\/badge\//],
  ['docs.rs', /\/badge\.svg$/],
  ['github.com', /\/badge\.svg$/],
  ['godoc.org'],
  ['goreportcard.com', /\/badge\//],
  ['hosted.weblate.org', /\/badge\.svg$/],
  ['isitmaintained.com', /\/badge\//],
  ['mybinder.org', /badge/],
  ['opencollective.com', /\/badge\.svg$/],
  ['pkg.go.dev', /\/badge\//],
  ['readthedocs.org', /\/badge/],
  ['repology.org', /\/badge\//],
  ['results.pre-commit.ci', /\/badge\//],
  ['snyk.io', /\/badge\.svg$/],
  ['sonarcloud.io', /project_badges/],
  ['travis-ci.com', /\.(?:svg|png)$/],
  ['zenodo.org', /\/badge\//],
];

/** Whether an absolute URL is that of a badge on one of these hosts. */
export function isOnBadgeHost(url: string): boolean {
  const [, authority = '', path = ''] = /^https?:\/\/([^/?#]*)([^?#]*)/i.exec(url) ?? [];
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d+$/, '').toLowerCase();
  return badgeHosts.some(([name, pattern]) => (host === name || host.endsWith(`.${name}`)) && (pattern?.test(path) ?? true));
}
