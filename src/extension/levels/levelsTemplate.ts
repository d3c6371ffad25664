/** A configuration with one badge, in the form of openCode's Badge API. */
export const levelsTemplate = `# Leveled badges of this project, in the form of openCode's Badge API. See them in the view "Levels" of VS Code,
# or run \`badgesmith evaluate\`.

badges:
  - id: maintained
    description: Somebody looks after this project
    levels:                       # the lowest first; a level needs those below it as well
      - name: bronze
        checks:
          - type: COMMITS         # at least 5 commits in 6 months
            threshold: { timeRangeInMonths: 6, min: 5 }
          - type: ISSUE_REACTION_TIME
            threshold: { timeRangeInMonths: 3, max: 7 }   # days, on average
      - name: silver
        checks:
          - type: RELEASES        # or tags
            threshold: { timeRangeInMonths: 6, min: 1 }
      - name: gold
        checks:
          - type: BUS_FACTOR      # people who together made half of the commits
            threshold: { timeRangeInMonths: 6, min: 2 }
`;
