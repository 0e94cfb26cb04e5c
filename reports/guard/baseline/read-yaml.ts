import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import type { z } from "zod";
import { TenureError } from "../../../engine/index.js";
import { withReadErrors } from "../../../recorders/index.js";

/**
 * Reads a YAML file of a baseline.
 * @throws TenureError `TEN-GUARD-004` it is not as it was written; `TEN-RESULT-002` it cannot be read
 */
export async function readYamlFile<S extends z.ZodType>(file: string, schema: S): Promise<z.output<S>> {
  const text = await withReadErrors(file, () => readFile(file, "utf8"));
  let data: unknown;
  try {
    // Aliases are never written, and could stand for more than memory holds.
    data = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw damaged(file, "", error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
  }
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw damaged(file, issue.path.join("."), issue.message);
}

function damaged(file: string, path: string, found: string): TenureError {
  return new TenureError({
    code: "TEN-GUARD-004",
    what: "A file of the baseline cannot be read.",
    place: { file, path },
    found,
    allowed: "the file as `tenure guard` wrote it, of the format of this version",
    hint: "Take it from the version control again, also after a merge with conflicts; or write a new baseline with --update.",
  });
}
