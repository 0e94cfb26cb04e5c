import type { Approval } from "../baseline/baseline.js";
import type { CauseGroup } from "../cause/cause-groups.js";
import type { PendingGroup } from "./pending.js";

/** Approvals of groups of changes, in their order. */
export function approvalsOf(
  groups: readonly PendingGroup[],
  { by, at }: { readonly by: string; readonly at: string },
): readonly Approval[] {
  return groups.map(({ cause, lines, movedRao, changed }) => ({
    at,
    by,
    cause,
    positions: lines.filter(({ kind }) => kind === "position").length,
    moved_rao: movedRao.toString(),
    changed,
  }));
}

/**
 * Groups that nobody has approved: a change that was approved before others of the same scenario, with the same amounts, is not asked about
 * again. All, where no other is left.
 */
export function openGroups(groups: readonly CauseGroup[], approvals: readonly Approval[]): readonly CauseGroup[] {
  const open = groups.filter((group) => !isApproved(group, approvals));
  return open.length > 0 ? open : groups;
}

function isApproved({ cause, changed, approvable }: CauseGroup, approvals: readonly Approval[]): boolean {
  // Of code and data nothing says whether the change of then is that of now.
  if (changed.length === 0) return false;
  const own = new Map(changed.map(({ path, a, b }) => [path, valueText(a, b)]));
  const isOfIt = (one: Approval) =>
    one.cause === cause &&
    one.positions === approvable.positions &&
    one.moved_rao === approvable.movedRao.toString() &&
    one.changed.length === own.size &&
    one.changed.every(({ path, from, to }) => own.get(path) === valueText(from, to));
  const at = approvals.findLastIndex(isOfIt);
  // Where a value was changed otherwise since, the approval was of an earlier baseline.
  const isOther = ({ changed: later }: Approval) =>
    later.some(({ path, from, to }) => own.has(path) && own.get(path) !== valueText(from, to));
  return at >= 0 && !approvals.slice(at + 1).some(isOther);
}

const valueText = (from: unknown, to: unknown) => JSON.stringify([from ?? null, to ?? null]);
