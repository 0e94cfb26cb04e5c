import fc from "fast-check";
import { WITHDRAWAL_ORDERS } from "../../engine/configuration/ledger-configuration.js";
import type { HoldingQuery } from "../../engine/ledger/auditor/holding.js";
import { EXIT_REASONS, type ExitReason, SOURCES, type Source } from "../../engine/tables/results.js";
import type { FuzzSetup } from "./ledger-under-test.js";

const MAX_RAO = Number.MAX_SAFE_INTEGER;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** An amount that depends on what the position (or tranche) holds when its turn comes, so that shrinking keeps its sense. */
export type Size =
  | { readonly of: "rao"; readonly rao: number }
  | { readonly of: "held"; readonly permille: number }
  | { readonly of: "everything" }
  /** So many rao more than there are: up to 10 are rounding. */
  | { readonly of: "beyond"; readonly byRao: number };

/** How much arrives of what is sent: all, some rao fewer or more. */
export type Arriving = { readonly by: "all" } | { readonly by: "fewer" | "more"; readonly rao: number };

/** Commands that can bring a position over its limit. */
const OVERFILLS = ["credit", "emission", "rekey", "move", "move_tranche"] as const;

/** What somebody does; becomes one or more ledger commands (`resolve.ts`). */
export type Intent = { readonly afterMs: number; readonly position: number } & (
  | { readonly act: "credit"; readonly source: Source; readonly rao: number }
  /** An epoch: an emission to each of some neighbouring positions. */
  | { readonly act: "payday"; readonly others: number; readonly rao: number }
  /** Many tranches of about one size, one every `everyMs`. */
  | { readonly act: "trickle"; readonly source: Source; readonly rao: number; readonly count: number; readonly everyMs: number }
  | { readonly act: "debit"; readonly size: Size; readonly reason: ExitReason }
  /** An outflow here, an inflow there, of what is sent: whether there is so much or not. */
  | { readonly act: "transfer"; readonly to: number; readonly size: Size; readonly arriving: Arriving; readonly reason: ExitReason }
  /** A share of the stake of some neighbouring positions. */
  | { readonly act: "slash"; readonly others: number; readonly permille: number }
  /** A neutral move, to oneself too: what does not arrive leaves before, what arrives beyond it enters after. */
  | { readonly act: "move"; readonly to: number; readonly size: Size; readonly arriving: Arriving }
  /** A swap of a hotkey or coldkey: everything, emptied tranches too. */
  | { readonly act: "rekey"; readonly to: number }
  /** Everything withdrawn, then a new beginning on the same position. */
  | { readonly act: "leave_and_return"; readonly source: Source; readonly rao: number; readonly awayMs: number }
  /** A snapshot that starts the position anew: everything leaves, its past is forgotten, and stake enters again. */
  | { readonly act: "start_anew"; readonly rao: number }
  | { readonly act: "take"; readonly nth: number; readonly size: Size; readonly reason: ExitReason }
  | { readonly act: "move_tranche"; readonly to: number; readonly nth: number; readonly size: Size }
  | { readonly act: "read"; readonly others: number }
  /** What must be refused: more than 2^53 - 1 rao. */
  | { readonly act: "overfill"; readonly by: (typeof OVERFILLS)[number] }
);

/** 1 rao to 2^53 - 1: every order of magnitude as likely as another, and the two ends more often. */
export const anyRao: fc.Arbitrary<number> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc
      .tuple(fc.nat(52), fc.nat(0xff_ffff))
      .map(([magnitude, mantissa]) => Math.min(MAX_RAO, Math.floor(2 ** magnitude * (1 + mantissa / 0x100_0000)))),
  },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 4 }) },
  { weight: 1, arbitrary: fc.nat(2 ** 40).map((less) => MAX_RAO - less) },
);

const step: fc.Arbitrary<number> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.constant(12_000) },
  { weight: 2, arbitrary: fc.nat(999) },
  { weight: 2, arbitrary: fc.nat(3 * HOUR_MS) },
  { weight: 2, arbitrary: fc.nat(9).map((days) => days * DAY_MS) },
  { weight: 1, arbitrary: fc.nat(9 * DAY_MS) },
);

const size: fc.Arbitrary<Size> = fc.oneof(
  { weight: 8, arbitrary: fc.nat(999).map((permille): Size => ({ of: "held", permille: permille + 1 })) },
  { weight: 6, arbitrary: anyRao.map((rao): Size => ({ of: "rao", rao })) },
  { weight: 1, arbitrary: fc.constant<Size>({ of: "everything" }) },
  {
    weight: 2,
    arbitrary: fc
      .oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 12 }) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 2 ** 40 }) })
      .map((byRao): Size => ({ of: "beyond", byRao })),
  },
);

const arriving: fc.Arbitrary<Arriving> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Arriving>({ by: "all" }) },
  {
    weight: 4,
    arbitrary: fc.record({
      by: fc.constantFrom("fewer" as const, "fewer" as const, "more" as const),
      rao: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 12 }) }, { weight: 1, arbitrary: fc.nat(2 ** 40) }),
    }),
  },
);

const source = fc.constantFrom(...SOURCES);
const reason = fc.constantFrom(...EXIT_REASONS);
const position = fc.nat(7);
const afterMs = step;

const act = <const T extends string>(name: T) => ({ afterMs, position, act: fc.constant(name) });

const intent: fc.Arbitrary<Intent> = fc.oneof(
  { weight: 60, arbitrary: fc.record({ ...act("credit"), source, rao: anyRao }) },
  {
    weight: 6,
    arbitrary: fc.record({
      ...act("trickle"),
      source,
      rao: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 5_000 }) }, { weight: 1, arbitrary: fc.nat(2 ** 42) }),
      count: fc.oneof(
        { weight: 80, arbitrary: fc.integer({ min: 2, max: 24 }) },
        { weight: 1, arbitrary: fc.integer({ min: 200, max: 1_500 }) },
      ),
      everyMs: fc.oneof(fc.constantFrom(0, 12_000, HOUR_MS), fc.nat(6 * HOUR_MS)),
    }),
  },
  { weight: 10, arbitrary: fc.record({ ...act("payday"), others: fc.nat(7), rao: anyRao }) },
  { weight: 50, arbitrary: fc.record({ ...act("debit"), size, reason }) },
  {
    weight: 12,
    arbitrary: fc.record({
      ...act("transfer"),
      to: position,
      size,
      arriving,
      reason: fc.constantFrom("transfer" as const, "swap" as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ ...act("slash"), others: fc.nat(2), permille: fc.integer({ min: 1, max: 500 }) }) },
  { weight: 24, arbitrary: fc.record({ ...act("move"), to: position, size, arriving }) },
  { weight: 6, arbitrary: fc.record({ ...act("rekey"), to: position }) },
  { weight: 3, arbitrary: fc.record({ ...act("leave_and_return"), source, rao: anyRao, awayMs: step }) },
  { weight: 3, arbitrary: fc.record({ ...act("start_anew"), rao: anyRao }) },
  { weight: 12, arbitrary: fc.record({ ...act("take"), nth: fc.nat(40), size, reason }) },
  { weight: 6, arbitrary: fc.record({ ...act("move_tranche"), to: position, nth: fc.nat(40), size }) },
  { weight: 16, arbitrary: fc.record({ ...act("read"), others: fc.nat(7) }) },
);

const query: fc.Arbitrary<HoldingQuery> = fc.record({
  retentionBasis: fc.constantFrom("emissions" as const, "all_stake" as const),
  retentionScope: fc.constantFrom("lifetime" as const, "window" as const),
  rounding: fc.constantFrom("exact" as const, "whole_days" as const),
  startMs: fc.oneof(fc.constant(null), fc.nat(30 * DAY_MS)),
  retentionWindowDays: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.constantFrom(0.25, 1.5, 10.125)),
});

export const anySetup: fc.Arbitrary<FuzzSetup> = fc
  .record({
    configuration: fc.record({
      withdrawalOrder: fc.constantFrom(...WITHDRAWAL_ORDERS),
      equalTimes: fc.constantFrom("later_first" as const, "earlier_first" as const),
      onInvalid: fc.constantFrom("record" as const, "clamp" as const, "stop" as const),
    }),
    query,
    positions: fc.integer({ min: 2, max: 8 }),
    startMs: fc.oneof(
      fc.constant(0),
      fc.nat(1_800_000_000).map((seconds) => seconds * 1000),
    ),
  })
  .map((setup) =>
    setup.query.startMs === null ? setup : { ...setup, query: { ...setup.query, startMs: setup.startMs + setup.query.startMs } },
  );

/** Sequences of up to `most` intents; about one in forty ends with what must be refused. */
export function anyIntents(most: number): fc.Arbitrary<Intent[]> {
  const overfill = fc.record({ ...act("overfill"), by: fc.constantFrom(...OVERFILLS) });
  return fc
    .tuple(
      fc.array(intent, { maxLength: most, size: "max" }),
      fc.oneof({ weight: 39, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.tuple(overfill) }),
    )
    .map(([intents, last]) => [...intents, ...last]);
}
