import { type PaidKey, type PaidLine, type PaidTotals, paidKeyText } from "../baseline/paid-line.js";
import { EXACT, isExact, isMeanWithin, isWithin, type Tolerance } from "./tolerance.js";

/** What of a line may differ. */
export type DifferingPart = "pay" | "multiplier" | "weight" | "terms";

/** A line that is not as the baseline says. */
export interface LineDifference extends PaidKey {
  /** Null: the baseline has no such line. */
  readonly expected: PaidLine | null;
  /** Null: the run has no such line. */
  readonly got: PaidLine | null;
  readonly expectedRao: bigint;
  readonly gotRao: bigint;
  /** Got - expected. */
  readonly changeRao: bigint;
  /** Sum over the days of |difference|: pay that moves between days counts, too. */
  readonly movedRao: bigint;
  /** The first day whose pay differs; null: none does. */
  readonly firstDay: string | null;
  /** At least one. */
  readonly parts: readonly DifferingPart[];
}

/** How totals differ from those of a baseline, in the order of their lines; none where all is within the tolerance. */
export function lineDifferences(expected: PaidTotals, got: PaidTotals, tolerance: Tolerance = EXACT): readonly LineDifference[] {
  const days = [...new Set([...expected.days, ...got.days])].sort();
  const onDays = (totals: PaidTotals) => {
    const at = totals.days.map((day) => days.indexOf(day));
    return (line: PaidLine | undefined): readonly bigint[] => {
      const rao = days.map(() => 0n);
      for (const [index, one] of (line?.byDay ?? []).entries()) rao[at[index]] = one;
      return rao;
    };
  };
  const [expectedOn, gotOn] = [onDays(expected), onDays(got)];
  const [before, after] = [expected, got].map(({ lines }) => new Map(lines.map((line) => [paidKeyText(line), line])));
  const differences: LineDifference[] = [];
  for (const [key, { netuid, kind, hotkey, coldkey }] of new Map([...before, ...after])) {
    const [one, other] = [before.get(key) ?? null, after.get(key) ?? null];
    const [paid, now] = [expectedOn(one ?? undefined), gotOn(other ?? undefined)];
    const parts = differingParts(one, other, paid, now, tolerance);
    if (parts.length === 0) continue;
    const [expectedRao, gotRao] = [one?.paidRao ?? 0n, other?.paidRao ?? 0n];
    const first = days.find((_, at) => !isWithin(paid[at], now[at], tolerance));
    const movedRao = days.reduce((sum, _, at) => sum + distance(paid[at], now[at]), 0n);
    differences.push({
      ...{ netuid, kind, hotkey, coldkey },
      expected: one,
      got: other,
      expectedRao,
      gotRao,
      changeRao: gotRao - expectedRao,
      movedRao,
      firstDay: first ?? null,
      parts,
    });
  }
  return differences;
}

const distance = (a: bigint, b: bigint) => (a > b ? a - b : b - a);

/** Rao that a line has beside those of its days. */
const beyondDays = (line: PaidLine | null, byDay: readonly bigint[]) => byDay.reduce((rest, rao) => rest - rao, line?.paidRao ?? 0n);

function differingParts(
  one: PaidLine | null,
  other: PaidLine | null,
  paid: readonly bigint[],
  now: readonly bigint[],
  tolerance: Tolerance,
): readonly DifferingPart[] {
  const parts: DifferingPart[] = [];
  const isPaid = paid.every((rao, at) => isWithin(rao, now[at], tolerance));
  // What an epoch that never ended has paid is of no day.
  const isTotal = isWithin(beyondDays(one, paid), beyondDays(other, now), tolerance);
  if (!isPaid || !isTotal) parts.push("pay");
  if (!isMeanWithin(one?.multiplier ?? null, other?.multiplier ?? null, tolerance)) parts.push("multiplier");
  if (!isMeanWithin(one?.weight ?? null, other?.weight ?? null, tolerance)) parts.push("weight");
  if (isExact(tolerance) && (one?.terms ?? null) !== (other?.terms ?? null)) parts.push("terms");
  return parts;
}
