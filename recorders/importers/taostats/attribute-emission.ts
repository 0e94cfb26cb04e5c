import { classifyResidual, type GrownInterval, IntervalGrowth, InvariantError, TenureError } from "../../../engine/index.js";
import { positionKey } from "./taostats-order.js";
import type { TaostatsBalance, TaostatsEvent } from "./taostats-rows.js";

/** What the intervals between balances amount to, over all positions. Amounts in rao, 0 or more. */
export interface Attribution {
  readonly positions: number;
  readonly intervals: number;
  readonly emissionRao: number;
  readonly emissionIntervals: number;
  readonly roundingRao: number;
  readonly roundingIntervals: number;
  readonly unexplainedRao: number;
  readonly unexplainedIntervals: number;
  /** Events of a position at or before its first balance, which opens it. */
  readonly eventsUpToFirstBalance: number;
  /** Events of a position after its last balance: flows that no balance confirms. */
  readonly eventsAfterLastBalance: number;
  /** Intervals that grew far beyond the others of their position, the largest amount first. */
  readonly outlyingIntervals: readonly (GrownInterval & { readonly position: string })[];
}

function sum(a: number, b: number, what: string): number {
  const total = a + b;
  if (Number.isSafeInteger(total)) return total;
  throw new TenureError({
    code: "TEN-IMPORT-020",
    what: `The sum of ${what} passes 2^53 rao.`,
    found: total,
    allowed: "up to 9007199254740991",
    hint: "Import fewer positions at a time, or one netuid with --netuid.",
  });
}

function groupByPosition<Row extends TaostatsBalance | TaostatsEvent>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = positionKey(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

/**
 * Emission by attribution (docs/explanation/flows.md): over each interval (previous balance, this balance] of a position, what the
 * change is more than the net manual flow. Both lists are in order.
 */
export function attributeEmission(balances: readonly TaostatsBalance[], events: readonly TaostatsEvent[]): Attribution {
  const rao = { emission: 0, rounding: 0, unexplained: 0, none: 0 };
  const intervals = { emission: 0, rounding: 0, unexplained: 0, none: 0 };
  let eventsUpToFirstBalance = 0;
  let eventsAfterLastBalance = 0;
  const eventsOf = groupByPosition(events);
  const positions = groupByPosition(balances);
  const outlyingIntervals: (GrownInterval & { readonly position: string })[] = [];
  for (const [key, [first, ...rest]] of positions) {
    const own = eventsOf.get(key) ?? [];
    let at = 0;
    while (at < own.length && own[at].timeMs <= first.timeMs) at++;
    eventsUpToFirstBalance += at;
    let previous = first;
    const growth = new IntervalGrowth();
    for (const balance of rest) {
      let netFlowRao = 0;
      const from = at;
      for (; at < own.length && own[at].timeMs <= balance.timeMs; at++) {
        netFlowRao = sum(netFlowRao, own[at].joined ? own[at].alphaRao : -own[at].alphaRao, "an interval's flows");
      }
      const { kind, amountRao } = classifyResidual(balance.balanceRao - previous.balanceRao, netFlowRao, at - from);
      rao[kind] = sum(rao[kind], amountRao, kind);
      intervals[kind]++;
      if (kind === "emission") growth.take({ fromMs: previous.timeMs, toMs: balance.timeMs, amountRao });
      previous = balance;
    }
    const position = `${first.netuid}/${first.hotkey}/${first.coldkey}`;
    outlyingIntervals.push(...growth.outlying().map((interval) => ({ ...interval, position })));
    eventsAfterLastBalance += own.length - at;
  }
  if (rao.none !== 0) throw new InvariantError("a residual of nothing has an amount");
  return {
    positions: positions.size,
    intervals: intervals.emission + intervals.rounding + intervals.unexplained + intervals.none,
    emissionRao: rao.emission,
    emissionIntervals: intervals.emission,
    roundingRao: rao.rounding,
    roundingIntervals: intervals.rounding,
    unexplainedRao: rao.unexplained,
    unexplainedIntervals: intervals.unexplained,
    eventsUpToFirstBalance,
    eventsAfterLastBalance,
    outlyingIntervals: outlyingIntervals.sort((a, b) => b.amountRao - a.amountRao),
  };
}
