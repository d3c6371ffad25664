import { makeWorkspace, type Workspace } from '../vscode/harness/workspace';

/** A clone of the demo's project, with everything that badges can be made from. */
export function makeDemoWorkspace(gitlab: string): Workspace {
  return makeWorkspace({
    shop: {
      remotes: { origin: `${gitlab}/acme/shop.git` },
      files: {
        'README.md': readme,
        '.gitlab-ci.yml': pipeline,
        '.gitlab/badges.yaml': config,
        '.badge-api.yaml': levels,
        'reports/junit.xml': junit,
        'public/badges/bundle_size.json': endpoint('bundle size', '184 kB', 'green'),
        'public/badges/accessibility.json': endpoint('accessibility', '98 of 100', 'brightgreen'),
      },
    },
  });
}

const readme = `# Shop

The shop: catalogue, basket and checkout.
`;

const pipeline = `# Everything that runs for the shop.
stages: [test, deploy]

default:
  image: node:22

unit tests:
  stage: test
  script:
    - npm ci
    - npm test # writes reports/junit.xml
  coverage: /Lines\\s*:\\s*(\\d+\\.?\\d*)%/
  artifacts:
    when: always
    paths: [reports]
    reports:
      junit: reports/junit.xml
`;

const config = `# Badges of this project. Every key is optional.
path: public/badges
style: flat
junit_xml: reports/junit.xml
static_badges:
  - [conventional commits, 1.0.0, yellow]
  - [code style, prettier, ff69b4]
`;

const levels = `# Leveled badges, in the form of openCode's Badge API.
badges:
  - id: maintained
    description: Somebody looks after this project
    levels:
      - name: bronze
        checks:
          - type: COMMITS
            threshold: { timeRangeInMonths: 6, min: 5 }
          - type: ISSUE_REACTION_TIME
            threshold: { timeRangeInMonths: 3, max: 7 }
      - name: silver
        checks:
          - type: RELEASES
            threshold: { timeRangeInMonths: 6, min: 1 }
      - name: gold
        checks:
          - type: BUS_FACTOR
            threshold: { timeRangeInMonths: 6, min: 2 }
          - type: ELEPHANT_FACTOR
            threshold: { timeRangeInMonths: 6, min: 2 }
  - id: secure
    levels:
      - name: protected
        checks:
          - type: PROTECTED_BRANCHES
            threshold: { min: 40 }
      - name: reviewed
        checks:
          - type: CODE_REVIEW
            threshold: { timeRangeInMonths: 6, min: 75 }
          - type: CI_PIPELINES
            threshold: { timeRangeInMonths: 1, min: 10 }
`;

/** As a test runner writes it: 412 tests, three of them skipped. */
const junit = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="shop" tests="412" failures="0" errors="0" skipped="3" time="38.214">
  <testsuite name="basket" tests="187" failures="0" errors="0" skipped="1" time="12.4" timestamp="2026-01-12T08:15:04"/>
  <testsuite name="checkout" tests="141" failures="0" errors="0" skipped="2" time="19.31" timestamp="2026-01-12T08:15:17"/>
  <testsuite name="catalogue" tests="84" failures="0" errors="0" skipped="0" time="6.504" timestamp="2026-01-12T08:15:36"/>
</testsuites>
`;

/** What another tool leaves for shields.io. */
function endpoint(label: string, message: string, color: string): string {
  return `${JSON.stringify({ schemaVersion: 1, label, message, color }, null, 2)}\n`;
}
