import type { Approval } from "../baseline/baseline.js";
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
