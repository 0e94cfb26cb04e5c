import type { TermColumn } from "../terms/term-column.js";
import { CAP } from "../terms/term-layout.js";

/** The terms of two runs in one order of computing: what only the first has comes behind what it came behind there. */
export function termOrder(before: readonly TermColumn[], after: readonly TermColumn[]): readonly TermColumn[] {
  const order = [...after];
  for (const [at, term] of before.entries()) {
    if (order.some(({ id }) => id === term.id)) continue;
    const behind = at === 0 ? -1 : order.findIndex(({ id }) => id === before[at - 1].id);
    order.splice(behind + 1, 0, term);
  }
  return order;
}

/** What a term is worth that a run does not have: a stage that is not there has a factor of 1, and keeps nothing; no cap takes nothing. */
export function absentValue(id: string): number {
  if (id.startsWith("stage.") && /\.(factor|ceiling)$/.test(id)) return 1;
  if (id === CAP) return 1;
  return id === "stage.residual.goes_to" ? 0 : Number.NaN;
}
