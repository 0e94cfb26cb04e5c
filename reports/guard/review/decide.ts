import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { nearestName, TenureError } from "../../../engine/index.js";
import { withWriteErrors } from "../../../recorders/index.js";
import type { ValueDifference } from "../../../studies/index.js";
import { changedWords } from "../../text/changed-values-text.js";
import type { Approval, Baseline } from "../baseline/baseline.js";
import { namedFolder, newFolder, TERMS_FILE } from "../baseline/baseline-files.js";
import { type PaidKey, paidKeyText } from "../baseline/paid-line.js";
import { readBaseline } from "../baseline/read-baseline.js";
import { totalsPrint } from "../baseline/totals-text.js";
import { removeWholeFolder } from "../baseline/whole-folder.js";
import { writeBaseline } from "../baseline/write-baseline.js";
import { scenarioChanges } from "../cause/scenario-changes.js";
import { approvalsOf } from "./approvals.js";
import { mergeTotals } from "./merge-totals.js";
import { hasFile, type Pending, type PendingGroup, type ReplacedValues, readPending, writePending } from "./pending.js";

export type Decision = "accept" | "reject" | "skip";

/** A baseline and what a failed guard left beside it. */
export interface OpenReview {
  readonly folder: string;
  readonly baseline: Baseline;
  readonly pending: Pending;
}

/** What a review did. */
export interface ReviewReport {
  readonly scenario: string;
  readonly baseline: string;
  readonly groups: readonly (PendingGroup & { readonly decision: Decision })[];
  /** Are all groups accepted, so that the baseline is what the run measured? */
  readonly isWhole: boolean;
  /** Groups that are still to be decided on. */
  readonly open: number;
  readonly approvals: readonly Approval[];
}

/**
 * Opens what is to be reviewed.
 * @param resolvedNow the scenario as it is now, every default filled in, with values replaced as they were for the measurement
 * @throws TenureError `TEN-GUARD-008` no baseline, `-009` of another scenario, `-012` nothing to review, `-013` measured against another baseline,
 * `-022` the scenario is not the one that was measured
 */
export async function openReview(given: string, scenario: string, resolvedNow: (replaced: ReplacedValues) => unknown): Promise<OpenReview> {
  const folder = namedFolder(given);
  const baseline = await readBaseline(folder);
  const pending = await readPending(folder);
  if (baseline === null || pending === null) throw nothingToReview(folder, baseline === null);
  for (const { scenario: found } of [baseline, pending.measured]) {
    if (found !== scenario) throw otherReview(folder, found, scenario);
  }
  if (pending.comparedWith !== totalsPrint(baseline.totals)) throw outdated(folder);
  const changed = scenarioChanges(pending.measured.resolved, resolvedNow(pending.replaced));
  if (changed.length > 0) throw otherSince(folder, changed);
  return { folder, baseline, pending };
}

/**
 * Carries decisions out: lines of accepted groups are taken over. The scenario that lies beside, its inputs and terms are taken over with the
 * last group, when all were accepted; until then the accepted lines are noted as ahead of it.
 * @param decide asked for each group that is not decided on, in their order
 */
export async function decide(
  { folder, baseline, pending }: OpenReview,
  decide: (group: PendingGroup) => Decision,
  who: { readonly by: string; readonly at: string },
): Promise<ReviewReport> {
  const groups = pending.groups.map((group) => ({ ...group, decision: group.isRejected ? ("reject" as const) : decide(group) }));
  const accepted = groups.filter(({ decision }) => decision === "accept");
  const isWhole = accepted.length === groups.length;
  const approvals = [...baseline.approvals, ...approvalsOf(accepted, who)];
  const next = isWhole ? { ...pending.measured, approvals } : partly(baseline, pending, accepted, approvals);
  if (accepted.length > 0) await writeBaseline(folder, next, (path) => carryTerms(isWhole ? newFolder(folder) : folder, path));
  const left = groups.filter(({ decision }) => decision !== "accept");
  const open = left.filter(({ decision }) => decision === "skip").length;
  if (open === 0) await removeWholeFolder(newFolder(folder));
  else if (groups.some(({ decision, isRejected }) => decision === "accept" || (decision === "reject" && !isRejected))) {
    const rest = left.map(({ decision, ...group }) => ({ ...group, isRejected: decision === "reject" }));
    await writePending(folder, { ...pending, comparedWith: totalsPrint(next.totals), groups: rest }, (path) =>
      carryTerms(newFolder(folder), path),
    );
  }
  return { scenario: baseline.scenario, baseline: folder, groups, isWhole, open, approvals };
}

function partly(
  baseline: Baseline,
  { measured, groups }: Pending,
  accepted: readonly PendingGroup[],
  approvals: readonly Approval[],
): Baseline {
  // A line that several causes hit is taken over with the last of them.
  const causes = new Set(accepted.map(({ cause }) => cause));
  const others = groups.filter(({ cause }) => !causes.has(cause));
  const held = new Set(others.flatMap(({ lines }) => lines.map(paidKeyText)));
  const keys = accepted.flatMap(({ lines }) => lines).filter((key) => !held.has(paidKeyText(key)));
  const ahead = new Map<string, PaidKey>([...baseline.ahead, ...keys].map((key) => [paidKeyText(key), key]));
  return { ...baseline, totals: mergeTotals(baseline.totals, measured.totals, keys), ahead: [...ahead.values()], approvals };
}

async function carryTerms(from: string, to: string): Promise<void> {
  if (!(await hasFile(from, TERMS_FILE))) return;
  await withWriteErrors(join(to, TERMS_FILE), () => copyFile(join(from, TERMS_FILE), join(to, TERMS_FILE)));
}

/**
 * The decisions that a command line states: `all`, or causes by their names, with or without `cause:` before.
 * @throws TenureError `TEN-GUARD-014` no such cause, `-015` both accepted and rejected
 */
export function statedDecisions(
  groups: readonly PendingGroup[],
  { accept, reject }: { readonly accept: readonly string[]; readonly reject: readonly string[] },
): ReadonlyMap<string, Decision> {
  const causes = groups.map(({ cause }) => cause);
  const named = (flag: string, names: readonly string[]): readonly string[] =>
    names.flatMap((name) => {
      if (name === "all") return causes;
      const cause = name.replace(/^cause:/, "");
      if (!causes.includes(cause)) throw noCause(flag, name, causes);
      return [cause];
    });
  const [accepted, rejected] = [named("--accept", accept), named("--reject", reject)];
  const both = accepted.find((cause) => rejected.includes(cause));
  if (both !== undefined) throw decidedTwice(both);
  return new Map(causes.map((cause) => [cause, accepted.includes(cause) ? "accept" : rejected.includes(cause) ? "reject" : "skip"]));
}

function noCause(flag: string, found: string, causes: readonly string[]): TenureError {
  const nearest = nearestName(
    found,
    causes.map((cause) => `cause:${cause}`),
  );
  return new TenureError({
    code: "TEN-GUARD-014",
    what: "There is no change of this cause to review.",
    place: { path: flag },
    found,
    allowed: ["all", ...causes.map((cause) => `cause:${cause}`)].join(", "),
    hint: nearest === undefined ? "`tenure guard review` lists them." : `Did you mean ${nearest}?`,
  });
}

function decidedTwice(cause: string): TenureError {
  return new TenureError({
    code: "TEN-GUARD-015",
    what: "A change is accepted and rejected at once.",
    place: { path: "--reject" },
    found: `cause:${cause}`,
    allowed: "one decision a cause",
    hint: "Leave one of them out.",
  });
}

function nothingToReview(folder: string, isWithout: boolean): TenureError {
  return new TenureError({
    code: "TEN-GUARD-012",
    what: "There is nothing to review.",
    place: { file: isWithout ? folder : newFolder(folder) },
    found: isWithout ? "no baseline" : "no such folder",
    allowed: "a baseline, and beside it what a failed guard left",
    hint: "Run `tenure guard run` first: where pay differs it leaves what it measured.",
  });
}

function otherReview(folder: string, found: string, allowed: string): TenureError {
  return new TenureError({
    code: "TEN-GUARD-011",
    what: "What is to be reviewed is of another scenario.",
    place: { file: folder, path: "scenario" },
    found,
    allowed,
    hint: "Give the scenario whose baseline it is, or its folder with --baseline.",
  });
}

function otherSince(folder: string, changed: readonly ValueDifference[]): TenureError {
  return new TenureError({
    code: "TEN-GUARD-022",
    what: "The scenario changed since the guard measured it: nothing is accepted that nobody looked at.",
    place: { file: newFolder(folder) },
    found: changedWords(changed).join(", "),
    allowed: "the scenario as it was measured",
    hint: "Run `tenure guard run` again, then review.",
  });
}

function outdated(folder: string): TenureError {
  return new TenureError({
    code: "TEN-GUARD-013",
    what: "The baseline is not the one that the guard compared with.",
    place: { file: newFolder(folder) },
    found: "a comparison with other totals",
    allowed: "a baseline that nobody has changed since",
    hint: "Run `tenure guard run` again, then review.",
  });
}
