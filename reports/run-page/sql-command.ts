import { shellWord } from "../text/shell-word.js";

/** The command that answers the rows behind a chart. */
export function sqlCommand(run: string, query: string): string {
  return `npx tenure sql ${shellWord(run)} ${shellWord(query)}`;
}
