import { TenureError } from "../engine/index.js";
import { nearestName } from "../scenarios/index.js";
import type { MinerLine } from "./miner-line.js";

/** What a table of miners is about: pay of the whole run, or all that is shown of one epoch. */
export type Horizon = "run" | "epoch";

/** Pay over the horizon, rao; null where the run did not record it. */
export function payWithin({ pay }: MinerLine, horizon: Horizon): { readonly paid: bigint; readonly recorded: bigint } | null {
  const [paid, recorded] = horizon === "run" ? [pay.paid_rao, pay.recorded_rao] : [pay.epoch_paid_rao, pay.epoch_recorded_rao];
  return paid === null || recorded === null ? null : { paid, recorded };
}

/**
 * How much more is paid, as a ratio: over the run than was recorded (pay / recorded pay, under whatever rule the recording was
 * made), in an epoch than without the rule (final share / base share). Null where that is not known, or nothing was recorded.
 */
export function changeWithin(line: MinerLine, horizon: Horizon): number | null {
  if (horizon === "epoch") return line.weight?.weight_gain ?? null;
  const pay = payWithin(line, horizon);
  return pay === null || pay.recorded === 0n ? null : Number(pay.paid) / Number(pay.recorded);
}

type Key = number | bigint | string | null;

/** What lines can be sorted by, under the names that `--sort` takes. */
const SORT_KEYS = {
  hotkey: ({ position }) => position.hotkey,
  coldkey: ({ position }) => position.coldkey,
  uid: ({ position }) => (position.uid < 0 ? null : position.uid),
  behaviour: ({ behaviour }) => behaviour,
  stake: ({ stake_rao, position }) => stake_rao ?? position.at_end.stake_rao,
  held_share: ({ holding }) => (holding !== null && holding.received_rao > 0 ? holding.held_share : null),
  held_days: ({ holding }) => (holding !== null && holding.received_rao > 0 ? holding.held_days : null),
  multiplier: ({ multiplier }) => multiplier,
  change: changeWithin,
  paid: (line, horizon) => payWithin(line, horizon)?.paid ?? null,
  vs_recorded: (line, horizon) => {
    const pay = payWithin(line, horizon);
    return pay === null ? null : pay.paid - pay.recorded;
  },
} as const satisfies Record<string, (line: MinerLine, horizon: Horizon) => Key>;

type SortName = keyof typeof SORT_KEYS;

/**
 * Lines by a column: numbers the largest first, names from A to Z, what is not known last, equal ones as they were.
 * @param order `<column>`, `<column>:asc` or `<column>:desc`
 * @throws TenureError `TEN-REPORT-006` for a column that these lines do not have
 */
export function sortMiners(lines: readonly MinerLine[], horizon: Horizon, order: string): MinerLine[] {
  const [name, direction, ...more] = order.split(":");
  const known = (Object.keys(SORT_KEYS) as SortName[]).filter((one) => lines.some((line) => SORT_KEYS[one](line, horizon) !== null));
  const column = known.find((one) => one === name);
  if (column === undefined || more.length > 0 || ![undefined, "asc", "desc"].includes(direction)) throw unknownColumn(order, known);
  const keyed = lines.map((line) => ({ line, key: SORT_KEYS[column](line, horizon) as Key }));
  const ascending = direction === undefined ? keyed.some(({ key }) => typeof key === "string") : direction === "asc";
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    if (a.key === b.key) return 0;
    return a.key < b.key === ascending ? -1 : 1;
  });
  return keyed.map(({ line }) => line);
}

function unknownColumn(found: string, known: readonly string[]): TenureError {
  const nearest = nearestName(found, known);
  return new TenureError({
    code: "TEN-REPORT-006",
    what: "The table of miners cannot be sorted so.",
    place: { path: "--sort" },
    found,
    allowed: `${known.join(", ")}; with :asc or :desc behind it`,
    hint: nearest === undefined ? "Leave --sort out for the best paid first." : `Did you mean ${nearest}?`,
  });
}
