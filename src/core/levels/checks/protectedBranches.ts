import { roleName } from '../../accessLevel';
import { accessLevelName, noOne } from '../amount';
import type { ProjectFacts, ProtectionFact, ProtectionRule } from '../facts';
import { unmeasured, valueOf, type Measurement } from '../measurement';
import type { Evidence } from '../result';

/** The least access level that may push to the default branch; 0 where it is not protected or open to force push, 100 where no one may. */
export function measureProtection(facts: ProjectFacts): Measurement {
  const protection = valueOf(facts.protection, 'the protected branches');
  if ('reason' in protection) return unmeasured(protection.reason);
  const { level, detail } = assess(protection.value);
  const branch = protection.value.defaultBranch ?? '';
  return {
    kind: 'measured',
    value: level,
    say: () => (level === 0 ? accessLevelName(level) : `push to ${branch} by ${accessLevelName(level)}`),
    ...(detail !== undefined && { detail }),
    range: null,
    sample: null,
    evidence: protection.value.rules.map((rule) => describe(rule, facts.project.webUrl)),
  };
}

function assess({ defaultBranch, rules }: ProtectionFact): { readonly level: number; readonly detail?: string } {
  if (defaultBranch === null) return { level: 0, detail: 'the repository is empty and has no default branch' };
  if (rules.length === 0) return { level: 0, detail: `${defaultBranch} is not protected` };
  // Of several rules that match, GitLab grants what any of them grants.
  if (rules.some((rule) => rule.allowForcePush)) return { level: 0, detail: `${defaultBranch} is open to force push` };
  return { level: rules.flatMap(pushers).reduce((least, next) => Math.min(least, next), noOne) };
}

function pushers(rule: ProtectionRule): readonly number[] {
  return rule.pushAccessLevels.filter((level) => level > 0);
}

function describe(rule: ProtectionRule, webUrl: string): Evidence {
  const levels = [...new Set(pushers(rule))].sort((a, b) => a - b);
  const who = levels.length === 0 ? 'no one may push' : `push allowed for ${levels.map(roleName).join(', ')}`;
  return { text: `rule ${rule.pattern}: ${who}, force push ${rule.allowForcePush ? 'allowed' : 'off'}`, url: `${webUrl}/-/settings/repository` };
}
