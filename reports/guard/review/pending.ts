import { stat } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { Baseline } from "../baseline/baseline.js";
import { newFolder, REVIEW_FILE } from "../baseline/baseline-files.js";
import { baselineTexts, yamlText } from "../baseline/baseline-text.js";
import type { PaidKey } from "../baseline/paid-line.js";
import { paidKeySchema, readBaseline } from "../baseline/read-baseline.js";
import { readYamlFile } from "../baseline/read-yaml.js";
import { writeTexts, writeWholeFolder } from "../baseline/whole-folder.js";
import { type CauseGroup, keysOf } from "../cause/cause-groups.js";

/** A group of changes that nobody has decided on, or that was rejected. */
export interface PendingGroup {
  readonly cause: string;
  readonly rule: string;
  readonly changed: readonly { readonly path: string; readonly from: unknown; readonly to: unknown }[];
  readonly movedRao: bigint;
  /** That of all that was paid, 0 or more. */
  readonly share: number;
  readonly lines: readonly PaidKey[];
  readonly isRejected: boolean;
}

/** `path=value` texts and the seed that a command line had. */
export interface ReplacedValues {
  readonly sets: readonly string[];
  readonly seed?: number | undefined;
}

/** What a failed guard left to be reviewed. */
export interface Pending {
  /** Fingerprint of the totals it was compared with. */
  readonly comparedWith: string;
  readonly groups: readonly PendingGroup[];
  /** What replaced values of the scenario when it was measured. */
  readonly replaced: ReplacedValues;
  /** What the run paid. */
  readonly measured: Baseline;
}

const REVIEW_FORMAT = 1;

const reviewSchema = z.object({
  format: z.literal(REVIEW_FORMAT),
  compared_with: z.string(),
  sets: z.array(z.string()),
  seed: z.number().nullable(),
  groups: z.array(
    z.object({
      cause: z.string(),
      rule: z.string(),
      changed: z.array(z.object({ path: z.string(), from: z.unknown(), to: z.unknown() })),
      moved_rao: z.string().regex(/^\d+$/),
      share: z.number(),
      rejected: z.boolean(),
      lines: z.array(paidKeySchema),
    }),
  ),
});

export function pendingGroup(group: CauseGroup): PendingGroup {
  const { cause, rule, movedRao, share } = group;
  const changed = group.changed.map(({ path, a, b }) => ({ path, from: a ?? null, to: b ?? null }));
  return { cause, rule, changed, movedRao, share, lines: keysOf(group), isRejected: false };
}

/**
 * Writes beside a baseline what a run paid instead.
 * @param addFiles writes more files into the folder
 */
export async function writePending(folder: string, pending: Pending, addFiles: (path: string) => Promise<void>): Promise<void> {
  const { comparedWith, groups, measured, replaced } = pending;
  const review = {
    format: REVIEW_FORMAT,
    compared_with: comparedWith,
    sets: replaced.sets,
    seed: replaced.seed ?? null,
    groups: groups.map(({ cause, rule, changed, movedRao, share, isRejected, lines }) => ({
      cause,
      rule,
      changed,
      moved_rao: movedRao.toString(),
      share,
      rejected: isRejected,
      lines,
    })),
  };
  const texts = new Map([...baselineTexts(measured), [REVIEW_FILE, yamlText("What is to be reviewed: `tenure guard review`.", review)]]);
  await writeWholeFolder(newFolder(folder), async (draft) => {
    await writeTexts(draft, texts);
    await addFiles(draft.path);
  });
}

/** Reads what a failed guard left; null: there is nothing to review. */
export async function readPending(folder: string): Promise<Pending | null> {
  const beside = newFolder(folder);
  const measured = await readBaseline(beside);
  if (measured === null) return null;
  const { compared_with, sets, seed, groups } = await readYamlFile(join(beside, REVIEW_FILE), reviewSchema);
  return {
    comparedWith: compared_with,
    replaced: { sets, seed: seed ?? undefined },
    measured,
    groups: groups.map(({ moved_rao, rejected, ...group }) => ({ ...group, movedRao: BigInt(moved_rao), isRejected: rejected })),
  };
}

export async function hasFile(folder: string, name: string): Promise<boolean> {
  return stat(join(folder, name)).then(
    (found) => found.isFile(),
    () => false,
  );
}
