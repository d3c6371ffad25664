/*
 * Configurations as openCode documents them: the badge "maintained", an older published example, and a badge that a list of
 * projects decides.
 */

export const maintained = `gitClients:
  - baseUrl: https://gitlab.example.com
    tokenFile: .gitlab-token
    type: gitlab
    maxRequestsPerSecond: 10
badges:
  - id: maintained
    description: The project is looked after
    levels:
      - name: "1"
        svgUrl: https://gitlab.example.com/platform/badges/-/raw/main/maintained-1.svg
        description: Active
        checks:
          - type: COMMITS
            description: At least five commits in the last six months
            threshold:
              timeRangeInMonths: 6
              min: 5
          - type: ISSUE_REACTION_TIME
            threshold: { timeRangeInMonths: 3, max: 7 }
      - name: "2"
        checks:
          - type: RELEASES
            threshold: { timeRangeInMonths: 6, min: 1 }
      - name: "3"
        checks:
          - type: CONTRIBUTOR_ABSENCE_FACTOR
            threshold: { timeRangeInMonths: 6, min: 2 }
personalEmailDomains:
  - GMX.de
  - gmail.com
  - gmx.de
subsequentUseApiDomain: use.example.com
`;

export const olderExample = `badges:
  - id: maintained
    description: "Project is maintained"
    levels:
      - name: bronze
        notNecessaryForNextHigherLevels: true
        checks:
          - type: COMMITS
            threshold:
              timeRangeInMonths: 6
              min: 5
      - name: silver
        checks:
          - type: ISSUE_REACTION_TIME
            threshold:
              timeRangeInMonths: 3
              max: 7
          - type: BUS_FACTOR
            threshold:
              timeRangeInMonths: 6
              min: 1
      - name: gold
        checks:
          - type: RELEASES
            threshold:
              timeRangeInMonths: 6
              min: 1
          - type: ELEPHANT_FACTOR
            threshold:
              timeRangeInMonths: 6
              min: 1
`;

export const openSource = `badges:
  - id: open-source
    levels:
      - name: gold
        svgUrl: <badge-config-repo>/open-source.svg
        checks:
          - type: MANUAL
            description: Listed as open source
            decisionJsonUrl: <badge-config-repo>/open-source.json
`;
