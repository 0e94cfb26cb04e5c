import { dirname, isAbsolute, posix, relative, resolve, sep } from "node:path";
import type { RuleFile } from "../plug-ins/load-rules.js";
import type { InputEntry } from "../results/manifest.js";

/** The input of a plug-in; its file as seen from the run folder. */
export function ruleInput({ at, kind, file, folder, sha256 }: RuleFile, out: string): InputEntry {
  const input = { stream: at, source: "plug_in", kind, sha256 } as const;
  if (isAbsolute(file)) return { ...input, file };
  const seen = relativeData(out, folder);
  return seen === null ? input : { ...input, file: posix.join(seen, file.split(sep).join("/")) };
}

/**
 * A folder of inputs as seen from the run folder, if that says nothing about the machine: both lie below the working folder,
 * or one of them lies beside the other or below a folder beside it.
 */
export function relativeData(out: string, data: string): string | null {
  const inside = (path: string, parent: string) => {
    const fromThere = relative(parent, resolve(path));
    return fromThere !== ".." && !fromThere.startsWith(`..${sep}`) && resolve(parent, fromThere) === resolve(path);
  };
  const shared = [process.cwd(), dirname(resolve(out)), dirname(resolve(data))].some(
    (parent) => dirname(parent) !== parent && inside(out, parent) && inside(data, parent),
  );
  if (!shared) return null;
  return relative(resolve(out), resolve(data)).split(sep).join("/") || ".";
}
