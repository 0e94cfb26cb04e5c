/**
 * A workflow command of GitHub Actions, on one line: `::error file=pay.yaml,title=...::...`.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 * @param properties those that are null are left out
 */
export function githubCommand(
  name: "error" | "warning" | "notice",
  properties: Readonly<Record<string, string | number | null>>,
  message: string,
): string {
  const given = Object.entries(properties).flatMap(([key, value]) => (value === null ? [] : [`${key}=${property(String(value))}`]));
  return `::${name} ${given.join(",")}::${data(message)}`;
}

const data = (text: string) => text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
const property = (text: string) => data(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
