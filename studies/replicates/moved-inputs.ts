import { basename, dirname, isAbsolute, posix, resolve } from "node:path";
import { type InputEntry, relativeData } from "../../recorders/index.js";

/** Where a manifest says that its inputs lie. */
export interface SeenInputs {
  readonly data: string | null;
  readonly inputs: readonly InputEntry[];
}

/** The same inputs as seen from another folder; what would tell of the machine there is left out, as in the manifest of a run. */
export function movedInputs({ data, inputs }: SeenInputs, from: string, to: string): { data: string | null; inputs: InputEntry[] } {
  return {
    data: data === null ? null : relativeData(to, resolve(from, data)),
    inputs: inputs.map((input) => (input.source === "plug_in" ? movedRule(input, from, to) : input)),
  };
}

function movedRule({ file, ...input }: InputEntry, from: string, to: string): InputEntry {
  if (file === undefined || isAbsolute(file)) return file === undefined ? input : { ...input, file };
  const path = resolve(from, file);
  const seen = relativeData(to, dirname(path));
  return seen === null ? input : { ...input, file: posix.join(seen, basename(path)) };
}
