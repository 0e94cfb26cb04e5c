import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { TenureError } from "../../../engine/index.js";
import { systemCode, withReadErrors, withWriteErrors } from "../../../recorders/index.js";
import type { StudyStatement } from "../plan/study-schema.js";

export const STUDY_NAME = "study.json";
export const PARTIAL_STUDY_NAME = "study.json.partial";

const recordSchema = z.object({
  format: z.literal("tenure-tuning-study"),
  version: z.literal(1),
  /** The study's file; null: it was given on the command line. */
  file: z.string().nullable(),
  scenario: z.object({
    name: z.string(),
    /** As it was opened. */
    opened: z.string(),
    /** Its file and text at that time. */
    file: z.string().nullable(),
    text: z.string(),
    resolved: z.record(z.string(), z.unknown()),
  }),
  statement: z.looseObject({ study: z.string() }),
  /** What was given beside the study: `path=value` texts and a seed. */
  sets: z.array(z.string()),
  scenario_seed: z.number().nullable(),
});

/** What a folder is for: written before the first trial, and compared with by whoever goes on there. */
export type StudyRecord = Omit<z.infer<typeof recordSchema>, "statement"> & { readonly statement: StudyStatement };

/** @returns null where there is none. @throws TenureError TEN-TUNE-110 for a file that is none */
export async function readStudyRecord(dir: string): Promise<StudyRecord | null> {
  const path = join(dir, STUDY_NAME);
  const text = await withReadErrors(path, async () => {
    try {
      return await readFile(path, "utf8");
    } catch (error) {
      if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return null;
      throw error;
    }
  });
  if (text === null) return null;
  const parsed = recordSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data as unknown as StudyRecord;
  throw new TenureError({
    code: "TEN-TUNE-110",
    what: "The output folder holds something that is not of a tuning.",
    place: { file: path },
    found: "a study.json of something else",
    allowed: "a new folder, an empty one, or one that an earlier tuning wrote",
    hint: "Choose another --out.",
  });
}

export async function writeStudyRecord(dir: string, record: StudyRecord): Promise<void> {
  const path = join(dir, STUDY_NAME);
  const partial = join(dir, PARTIAL_STUDY_NAME);
  await withWriteErrors(path, async () => {
    await writeFile(partial, `${JSON.stringify(record, null, 2)}\n`, { flush: true });
    await rename(partial, path);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of a study more may be asked later: what it is called and how much is tried may change. */
const MAY_CHANGE = new Set(["trials", "description"]);

/** What of two studies differs, a line each: `vary.vesting.max_multiplier: [1,2], now [1,3]`. */
export function studyChanges(before: StudyRecord, now: StudyRecord): readonly string[] {
  const parts = (record: StudyRecord) => ({
    ...Object.fromEntries(Object.entries(record.statement).filter(([key]) => !MAY_CHANGE.has(key))),
    "scenario file": record.scenario.resolved,
  });
  return changes("", parts(before), parts(now));
}

function changes(path: string, before: unknown, now: unknown): readonly string[] {
  if (JSON.stringify(before) === JSON.stringify(now)) return [];
  if (isMapping(before) && isMapping(now)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
    return keys.flatMap((key) => changes(path === "" ? key : `${path}.${key}`, before[key], now[key]));
  }
  return [`${path}: ${shown(before)}, now ${shown(now)}`];
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (value === undefined) return "not stated";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
