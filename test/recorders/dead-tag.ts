import { spawnSync } from "node:child_process";
import { processTag } from "../../recorders/folder/process-tag.js";

/** The tag that a process which is no more would have left. */
export function deadTag(): string {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  return processTag().replace(/^\d+/, String(pid));
}
