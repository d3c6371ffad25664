/** Where "Create Badge Configuration" writes. */
export const configFile = '.gitlab/badges.yaml';

/** A configuration that changes nothing yet and shows the form of every key. */
export const configTemplate = `# Badges of this project, made by "Generate Badges" in VS Code or by \`badgesmith generate\` in a CI job.
# Every key is optional. What is commented out shows the form.

# Where the SVG and JSON files are written, inside this folder.
path: public/badges

# flat, flat-square, plastic, for-the-badge or social
style: flat

# "all", or a list of the fact badges you want, such as [license_name, open_issues, release].
facts: all

# Test reports in JUnit's XML form: a path, a glob or a list.
# junit_xml: reports/**/*.xml

# Badges with a fixed text: [label, message, color].
# static_badges:
#   - [conventional commits, 1.0.0, yellow]

# Finished badges from elsewhere, downloaded as SVG.
# link_badges:
#   - https://img.shields.io/badge/hello-world-orange

# Another label or colour for a badge, by its file name. Numbers are the values from which a colour counts.
# badges:
#   open_issues: { label: open, color: { 0: brightgreen, 1: yellow, 50: red } }
`;
