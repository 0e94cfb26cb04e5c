import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { formatFound, RESULT_TABLE_NAMES, type ResultTableName, TenureError } from "../../engine/index.js";
import { isOfRecording, isOfRun, isOfStudy } from "../manifest-format.js";
import { type BrokenSeal, checkSeal, sealed } from "../manifest-seal.js";
import { allowedBy, foundAt } from "../shape-words.js";
import { MANIFEST_NAME, manifestText, readManifestJson } from "./result-manifest.js";
import { anewCommand } from "./run-anew.js";
import { withWriteErrors } from "./storage-error.js";
import { summaryEntry } from "./summary-entry.js";

/** Where a study has its replicates, each a run folder named by its number. */
export const REPLICATES_DIR = "replicates";
/** The next one, while it is written. */
export const PARTIAL_MANIFEST_NAME = `${MANIFEST_NAME}.partial`;
/** Raised when a reader of the older shape would misread the newer one. */
export const MANIFEST_FORMAT = 1;

/** What the text of a manifest begins with. */
export const MANIFEST_BEGINNINGS = ["complete", "incomplete"].map((status) =>
  manifestText({ format: MANIFEST_FORMAT, status, tool: { name: "tenure" } }).replace(/\n {2}}\n}\n$/, ""),
);

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0);

export const tableEntry = z.object({ file: z.string(), sha256, rows: count, bytes: count });

export const inputEntry = z.object({
  /** Name of the stream in the scenario; of a plug-in the path of the section that names its file. */
  stream: z.string(),
  /**
   * `recorded`: files that lie under the data folder; `synthetic`: made from the scenario and its seed; `plug_in`: a rule of a file
   * of one's own.
   */
  source: z.enum(["recorded", "synthetic", "plug_in"]),
  kind: z.string(),
  /** Relative to the data folder; of a plug-in to the run folder, left out where that would tell of the machine. */
  file: z.string().optional(),
  /** Of the file; of a plug-in of its bundle, all that the rule is made of. */
  sha256: sha256.optional(),
  rows: count.optional(),
});

const completeSchema = z.object({
  format: z.literal(MANIFEST_FORMAT),
  status: z.literal("complete"),
  tool: z.object({ name: z.literal("tenure"), version: z.string() }),
  digest: sha256,
  scenario: z.object({ name: z.string(), resolved: z.unknown() }),
  seed: z.number(),
  replicate: z.number(),
  /** Of a replicate of a study: SHA-256 of all that decides its result. */
  task: sha256.optional(),
  data: z.string().nullable(),
  inputs: z.array(inputEntry),
  tables: z.partialRecord(z.enum(RESULT_TABLE_NAMES as [ResultTableName, ...ResultTableName[]]), tableEntry),
  duckdb: z.object({ file: z.string(), bytes: count }).nullable(),
  counts: z.record(z.string(), z.number()),
  rejections: z.record(z.string(), z.number()),
  summary: summaryEntry,
  node: z.string(),
  libraries: z.record(z.string(), z.string()),
  /** Wall time, ms. */
  timing: z.record(z.string(), z.number()),
});

const incompleteSchema = z.object({
  format: z.literal(MANIFEST_FORMAT),
  status: z.literal("incomplete"),
  tool: z.object({ name: z.literal("tenure"), version: z.string() }),
  scenario: z.object({ name: z.string() }),
  /** Why it stopped; `running` until it does. */
  reason: z.string(),
});

/** What `manifest.json` holds of a finished run; its last entry, the seal, aside. Its digest covers the tables, not the timing. */
export type RunManifest = z.infer<typeof completeSchema>;
/** What `manifest.json` holds while a run is under way, and after one that was stopped. */
export type IncompleteManifest = z.infer<typeof incompleteSchema>;
export type TableEntry = z.infer<typeof tableEntry>;
export type InputEntry = z.infer<typeof inputEntry>;

const manifestSchema = z.discriminatedUnion("status", [completeSchema, incompleteSchema]);

/**
 * Whether a folder holds a run, and in what state. `other`: it holds a manifest.json that is not Tenure's, or a damaged one;
 * `changed`: one of a finished run that was edited since. A finished run is `sealed` unless an early version wrote it.
 */
export type RunState =
  | { readonly kind: "none" }
  | {
      readonly kind: "other";
      readonly found: string;
      readonly isRecording?: boolean;
      readonly isStudy?: boolean;
      readonly scenario?: unknown;
    }
  | { readonly kind: "incomplete"; readonly manifest: IncompleteManifest }
  | { readonly kind: "changed"; readonly seal: BrokenSeal }
  | { readonly kind: "complete"; readonly manifest: RunManifest; readonly sealed: boolean };

/** The name of the scenario that a manifest of any format states. */
function scenarioOf(json: unknown): unknown {
  return isOfRun(json) ? (json as { readonly scenario: { readonly name?: unknown } | null }).scenario?.name : undefined;
}

/** Reads the manifest of a run folder. */
export async function readRunState(dir: string): Promise<RunState> {
  const read = await readManifestJson(dir);
  if (read.kind !== "json") return read;
  const { json } = read;
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return {
      kind: "other",
      found: notAManifest(issue, json),
      isRecording: isOfRecording(json),
      isStudy: isOfStudy(json),
      scenario: scenarioOf(json),
    };
  }
  if (parsed.data.status === "incomplete") return { kind: "incomplete", manifest: parsed.data };
  const seal = checkSeal(json as object);
  return typeof seal === "object" ? { kind: "changed", seal } : { kind: "complete", manifest: parsed.data, sealed: seal === "whole" };
}

/** Does a folder hold many replicates, finished or not? What is no such folder is somebody else's to refuse. */
export async function isStudyFolder(dir: string): Promise<boolean> {
  const state = await readRunState(dir);
  return state.kind === "other" && state.isStudy === true;
}

/** What of a manifest.json is not as Tenure writes it, in words. */
function notAManifest(issue: z.core.$ZodIssue, json: unknown): string {
  const value = foundAt(json, issue.path);
  const path = issue.path.join(".");
  if (path === "") return "a manifest.json that is no mapping";
  const found = value === undefined ? `no ${path}` : `${path} ${formatFound(value)}`;
  // Whose status is none of a run's is another program's file.
  return path === "status" ? `a manifest.json with ${found}` : `a manifest.json with ${found} instead of ${allowedBy(issue)}`;
}

/**
 * The manifest of a finished run; refuses folders that hold none (`TEN-RESULT-003`, `-004`, `-005`) and a manifest that was
 * changed after the run (`-013`). One without a seal could have been, too, without a trace.
 */
export async function readRunManifest(dir: string): Promise<RunManifest> {
  const state = await readRunState(dir);
  const place = { file: join(dir, MANIFEST_NAME) };
  switch (state.kind) {
    case "complete":
      if (state.sealed) return state.manifest;
      throw notSealed(dir, "no seal", "the SHA-256 of the rest of the manifest, as the run wrote it");
    case "changed":
      throw notSealed(dir, state.seal.found, String(state.seal.expected));
    case "none":
      throw new TenureError({
        code: "TEN-RESULT-003",
        what: "This is not a run folder: it has no manifest.json.",
        place,
        found: "no such file",
        allowed: "a folder with a finished run in it",
        hint: "Give the folder that `tenure run --out` wrote.",
      });
    case "incomplete":
      throw new TenureError({
        code: "TEN-RESULT-004",
        what: "The run in this folder was not finished.",
        place,
        found: state.manifest.reason,
        allowed: "a finished run",
        hint: `Run the scenario again with the same --out; it replaces what is there: ${anewCommand(state.manifest.scenario.name, dir, "same")}.`,
      });
    case "other":
      if (state.isStudy) {
        throw new TenureError({
          code: "TEN-STUDY-001",
          what: "This folder holds many replicates, not one run.",
          place,
          found: state.found,
          allowed: "a folder with one finished run, as each of those under replicates/ is",
          hint: `Give one of them: ${join(dir, REPLICATES_DIR, "<n>")}.`,
        });
      }
      if (state.isRecording) {
        throw new TenureError({
          code: "TEN-RESULT-005",
          what: "This is a recording, not a run folder.",
          place,
          found: state.found,
          allowed: "a folder that `tenure run --out` wrote",
          hint: "`tenure record check` checks a recording of a chain; `tenure run --data` replays one.",
        });
      }
      throw new TenureError({
        code: "TEN-RESULT-005",
        what: "The manifest cannot be read.",
        place,
        found: state.found,
        allowed: `a manifest of format ${MANIFEST_FORMAT}`,
        hint: `It is damaged, or another version of Tenure wrote it. Run the scenario again, into a folder of its own: ${anewCommand(state.scenario, dir, "other")}.`,
      });
  }
}

function notSealed(dir: string, found: string, allowed: string): TenureError {
  return new TenureError({
    code: "TEN-RESULT-013",
    what: "The manifest of the run was changed after it was written, or an earlier version of Tenure wrote it.",
    place: { file: join(dir, MANIFEST_NAME), path: "seal" },
    found,
    allowed,
    hint: `Run the scenario again: ${anewCommand(undefined, dir, "replaced")}.`,
  });
}

/** Replaces the manifest of a folder in one step. That of a finished run is sealed. */
export async function writeManifest(dir: string, manifest: RunManifest | IncompleteManifest): Promise<void> {
  await writeManifestText(dir, manifestText(manifest.status === "complete" ? sealed(manifest) : manifest));
}

/** The same with a text that was read before. */
export async function writeManifestText(dir: string, text: string): Promise<void> {
  const path = join(dir, MANIFEST_NAME);
  const partial = join(dir, PARTIAL_MANIFEST_NAME);
  await withWriteErrors(path, async () => {
    await writeFile(partial, text);
    await rename(partial, path);
  });
}
