import { parse } from "yaml";
import type { z } from "zod";
import { damagedFile, readBaselineText } from "./read-text.js";

/**
 * Reads a YAML file of a baseline.
 * @throws TenureError `TEN-GUARD-004` it is missing, or not as it was written; `TEN-RESULT-002` it cannot be read
 */
export async function readYamlFile<S extends z.ZodType>(file: string, schema: S): Promise<z.output<S>> {
  const text = await readBaselineText(file);
  let data: unknown;
  try {
    // Aliases are never written, and could stand for more than memory holds.
    data = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw damagedFile(file, "", error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
  }
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw damagedFile(file, issue.path.join("."), issue.message);
}
