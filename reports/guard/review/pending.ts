import { stat } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { TenureError } from "../../../engine/index.js";
import type { Baseline } from "../baseline/baseline.js";
import { newFolder, REVIEW_FILE } from "../baseline/baseline-files.js";
import { baselineTexts, scenarioPrint, yamlText } from "../baseline/baseline-text.js";
import { editedFile } from "../baseline/edited-file.js";
import type { PaidKey } from "../baseline/paid-line.js";
import { paidKeySchema, readBaseline } from "../baseline/read-baseline.js";
import { readYamlFile } from "../baseline/read-yaml.js";
import { termsPrintIn } from "../baseline/terms-print.js";
import { readableFolder, writeTexts, writeWholeFolder } from "../baseline/whole-folder.js";
import type { GainFigures } from "../cause/cause-figures.js";
import { type CauseGroup, keysOf } from "../cause/cause-groups.js";

/** A group of changes that nobody has decided on, or that was rejected. */
export interface PendingGroup {
  readonly cause: string;
  readonly rule: string;
  readonly changed: readonly { readonly path: string; readonly from: unknown; readonly to: unknown }[];
  readonly movedRao: bigint;
  /** That of all that was paid, 0 or more. */
  readonly share: number;
  /** Who gains and who loses by it. */
  readonly figures: GainFigures;
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

/** Of `review.yaml`. 2: with who gains and who loses. */
const REVIEW_FORMAT = 2;
const count = z.number().int().min(0);
const rao = z.string().regex(/^-?\d+$/);

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
      together: count,
      gainers: count,
      gained_rao: rao,
      losers: count,
      lost_rao: rao,
      others_rao: rao,
      elsewhere: z.array(z.object({ goes_to: z.string(), change_rao: rao })),
      rejected: z.boolean(),
      lines: z.array(paidKeySchema),
    }),
  ),
});

export function pendingGroup(group: CauseGroup): PendingGroup {
  const { cause, rule, movedRao, share } = group;
  const { lines: _lines, ...figures } = group.figures;
  const changed = group.changed.map(({ path, a, b }) => ({ path, from: a ?? null, to: b ?? null }));
  return { cause, rule, changed, movedRao, share, figures, lines: keysOf(group), isRejected: false };
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
    groups: groups.map(({ cause, rule, changed, movedRao, share, figures, isRejected, lines }) => ({
      cause,
      rule,
      changed,
      moved_rao: movedRao.toString(),
      share,
      together: figures.together,
      gainers: figures.gainers,
      gained_rao: figures.gainedRao.toString(),
      losers: figures.losers,
      lost_rao: figures.lostRao.toString(),
      others_rao: figures.othersRao.toString(),
      elsewhere: figures.elsewhere.map(({ goesTo, changeRao }) => ({ goes_to: goesTo, change_rao: changeRao.toString() })),
      rejected: isRejected,
      lines,
    })),
  };
  const text = yamlText("What is to be reviewed: `tenure guard review`.", { ...review, review_sha256: scenarioPrint(review) });
  await writeWholeFolder(newFolder(folder), async (draft) => {
    await addFiles(draft.path);
    await writeTexts(draft, new Map([...baselineTexts(measured, await termsPrintIn(draft.path)), [REVIEW_FILE, text]]));
  });
}

/**
 * Reads what a failed guard left; null: there is nothing to review.
 * @throws TenureError as `readBaseline`, `TEN-GUARD-021` edited by hand, `-027` another version left it
 */
export async function readPending(folder: string): Promise<Pending | null> {
  const beside = await readableFolder(newFolder(folder));
  const measured = await readBaseline(beside);
  if (measured === null) return null;
  const file = join(beside, REVIEW_FILE);
  const { format } = await readYamlFile(file, z.looseObject({ format: z.number() }));
  if (format !== REVIEW_FORMAT) throw otherFormat(file, format);
  const { compared_with, sets, seed, groups } = await readYamlFile(file, reviewSchema);
  const { review_sha256, ...review } = await readYamlFile(file, z.looseObject({ review_sha256: z.string().optional() }));
  if (review_sha256 !== undefined && review_sha256 !== scenarioPrint(review)) {
    throw editedFile("review", file, scenarioPrint(review), review_sha256);
  }
  return {
    comparedWith: compared_with,
    replaced: { sets, seed: seed ?? undefined },
    measured,
    groups: groups.map(({ cause, rule, changed, moved_rao, share, lines, rejected, ...figures }) => {
      return { cause, rule, changed, movedRao: BigInt(moved_rao), share, figures: figuresOf(figures, lines), lines, isRejected: rejected };
    }),
  };
}

function otherFormat(file: string, found: number): TenureError {
  return new TenureError({
    code: "TEN-GUARD-027",
    what: "What is to be reviewed was left by another version of Tenure.",
    place: { file, path: "format" },
    found,
    allowed: String(REVIEW_FORMAT),
    hint: "Run `tenure guard run` again, then review.",
  });
}

type WrittenFigures = Pick<
  z.infer<typeof reviewSchema>["groups"][number],
  "together" | "gainers" | "gained_rao" | "losers" | "lost_rao" | "others_rao" | "elsewhere"
>;

function figuresOf({ together, gainers, losers, elsewhere, ...amounts }: WrittenFigures, lines: readonly PaidKey[]): GainFigures {
  return {
    together,
    positions: lines.filter(({ kind }) => kind === "position").length,
    gainers,
    gainedRao: BigInt(amounts.gained_rao),
    losers,
    lostRao: BigInt(amounts.lost_rao),
    othersRao: BigInt(amounts.others_rao),
    elsewhere: elsewhere.map(({ goes_to, change_rao }) => ({ goesTo: goes_to, changeRao: BigInt(change_rao) })),
  };
}

export async function hasFile(folder: string, name: string): Promise<boolean> {
  return stat(join(folder, name)).then(
    (found) => found.isFile(),
    () => false,
  );
}
