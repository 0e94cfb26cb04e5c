import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { extname } from "node:path";
import { TenureError } from "../../engine/index.js";

/** More than a rule needs, with all that it imports. */
const MOST_BYTES = 1 << 20;

const LOADERS = { ".ts": "ts", ".mts": "ts", ".cts": "ts", ".js": "js", ".mjs": "js", ".cjs": "js" } as const;
/** What a rule may import beside code. */
const DATA_LOADERS = { ".json": "json" } as const;

export interface RuleSource {
  readonly contents: string;
  readonly loader: "ts" | "js" | "json";
}

/**
 * The text of a file of a rule.
 * @param named as messages call it
 * @param isEntry whether it is the file that a scenario names
 * @throws TenureError `TEN-PLUGIN-001` missing or none that can be read, `-002` neither TypeScript nor JavaScript, `-003` too long
 */
export async function readRuleSource(path: string, named: string, isEntry: boolean): Promise<RuleSource> {
  const loaders: Readonly<Record<string, RuleSource["loader"]>> = isEntry ? LOADERS : { ...LOADERS, ...DATA_LOADERS };
  const extension = extname(path).toLowerCase();
  const bytes = await bytesOf(path, named);
  if (!Object.hasOwn(loaders, extension)) {
    throw new TenureError({
      code: "TEN-PLUGIN-002",
      what: "A rule is written in TypeScript or JavaScript, and the file's name is of neither.",
      place: { file: named },
      found: extension === "" ? "a name without an extension" : extension,
      allowed: Object.keys(loaders).join(", "),
      hint: "docs/how-to/write-a-rule.md shows a whole one.",
    });
  }
  try {
    return { contents: new TextDecoder("utf-8", { fatal: true }).decode(bytes), loader: loaders[extension] };
  } catch {
    throw unreadable(named, "bytes that are not UTF-8 text");
  }
}

/** A pipe or device could be without end, or never begin. */
async function bytesOf(path: string, named: string): Promise<Uint8Array> {
  // Without O_NONBLOCK opening a pipe waits for somebody to write into it. Windows has neither.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(named, error.code === "ENOENT" || error.code === "ENOTDIR" ? "no such file" : `the machine says ${error.code}`);
  });
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw unreadable(named, stats.isDirectory() ? "a folder" : "no regular file");
    const bytes = new Uint8Array(MOST_BYTES + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
      ({ bytesRead: read } = await handle.read(bytes, length, bytes.length - length, null));
    }
    if (length <= MOST_BYTES) return bytes.subarray(0, length);
    throw new TenureError({
      code: "TEN-PLUGIN-003",
      what: "The file is too long for a rule.",
      place: { file: named },
      found: `${stats.size} bytes`,
      allowed: `at most ${MOST_BYTES} bytes (1 MiB)`,
      hint: "A rule is a formula; data belongs in a recording.",
    });
  } finally {
    await handle.close();
  }
}

function unreadable(named: string, found: string): TenureError {
  return new TenureError({
    code: "TEN-PLUGIN-001",
    what: "The file with the rule cannot be read.",
    place: { file: named },
    found,
    allowed: "a file with a rule, its path as seen from the scenario's folder (in a setting of the command line: from the working folder)",
    hint: "Check the path; docs/how-to/write-a-rule.md shows a whole rule.",
  });
}
