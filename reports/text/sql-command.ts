import { shellWord } from "./shell-word.js";

/** The command that answers the rows behind a chart of a folder of results. */
export function sqlCommand(folder: string, query: string): string {
  return `npx tenure sql ${shellWord(folder)} ${shellWord(query)}`;
}
