import { z } from "zod";
import { EngineLedger } from "../../fuzz/engine-ledger.js";
import type { HeldTranche, LedgerUnderTest, MakeLedger } from "../../fuzz/ledger-under-test.js";
import { LIVE_LEDGER, LIVE_VESTING } from "../bettensor-live.js";
import { type CheckCase, checker, goldenCase, rao, unixSeconds } from "../case.js";
import { near, raoOf, same } from "../difference.js";

const DAY_SECONDS = 86_400;
const CACHE_SECONDS = 3_600;
/** Days and fractions. */
const TOLERANCE = 1e-9;

const schema = goldenCase(
  z.object({
    window_days: z.number().positive(),
    events: z.array(z.object({ t: unixSeconds, kind: z.enum(["emission", "manual", "withdraw"]), amount_rao: rao })),
    queries: z.array(z.object({ after_event: z.number().int(), at: unixSeconds })),
  }),
  z.object({
    tranches: z.array(
      z.object({
        index: z.number().int(),
        initial: z.number(),
        remaining: z.number(),
        entry: unixSeconds,
        source: z.enum(["emission", "manual"]),
        age_days: z.number(),
        fraction_remaining: z.number(),
      }),
    ),
    exits: z.array(z.object({ tranche: z.number().int(), amount: z.number(), at: unixSeconds, dust: z.boolean().default(false) })),
    total_stake: z.number(),
    queries: z.array(
      z.object({
        weighted_holding_days: z.number(),
        total_emission_received: z.number(),
        remaining_emission_stake: z.number(),
        holding_percentage: z.number(),
        total_stake: z.number(),
        holding: z.object({ percentage: z.number(), duration_days: z.number(), from_cache: z.boolean() }),
        dust: z.boolean().default(false),
      }),
    ),
  }),
);
type TranchesCase = z.output<typeof schema>;
type Query = TranchesCase["expected"]["queries"][number];

interface Exit {
  readonly tranche: number;
  readonly amountRao: number;
  readonly at: number;
}

/** Golden file 1: the tranches of one hotkey through inflows and withdrawals. */
export const checkTranches: CheckCase = checkTranchesOf((setup) => new EngineLedger(setup));

/** The same for another ledger. */
export function checkTranchesOf(makeLedger: MakeLedger): CheckCase {
  return checker(schema, (testCase) => {
    const ledger = makeLedger({
      configuration: LIVE_LEDGER,
      query: { ...LIVE_VESTING, retentionWindowDays: testCase.input.window_days },
      positions: 1,
      startMs: 0,
    });
    const exits = replay(testCase, ledger);
    checkExits(testCase, exits);
    checkFinalTranches(testCase, ledger, exits);
  });
}

/** Books the events in order, comparing the answers to queries as they come up. */
function replay(testCase: TranchesCase, ledger: LedgerUnderTest): Exit[] {
  const { events, queries } = testCase.input;
  const exits: Exit[] = [];
  let tranche = 0;
  events.forEach(({ t, kind, amount_rao: amountRao }, index) => {
    const timeMs = t * 1000;
    if (kind === "withdraw") {
      const { touched } = ledger.apply({ op: "debit", position: 0, timeMs, amountRao, reason: "withdraw" });
      exits.push(...touched.map((exit) => ({ ...exit, at: t })));
    } else {
      ledger.apply({ op: "credit", position: 0, source: kind, timeMs, amountRao, tranche: tranche++ });
    }
    let cachedAt = t;
    queries.forEach((query, number) => {
      if (query.after_event !== index) return;
      checkQuery(testCase, number, ledger, cachedAt);
      if (!testCase.expected.queries[number].holding.from_cache) cachedAt = query.at;
    });
  });
  return exits;
}

/** @param cachedAt when the original last worked out the holding metrics, which it keeps for an hour */
function checkQuery(testCase: TranchesCase, number: number, ledger: LedgerUnderTest, cachedAt: number): void {
  const { at } = testCase.input.queries[number];
  const expected: Query = testCase.expected.queries[number];
  const place = `queries[${number}]`;
  const fresh = ledger.holding(0, at * 1000);
  same(`${place}.total_stake`, Number(ledger.totals(0).total), raoOf(expected.total_stake));
  same(`${place}.total_emission_received`, fresh.received, raoOf(expected.total_emission_received));
  same(`${place}.remaining_emission_stake`, fresh.remaining, raoOf(expected.remaining_emission_stake));
  near(`${place}.holding_percentage`, fresh.heldShare, expected.holding_percentage, TOLERANCE);
  // With nothing but float residue left, the original weighs ages by the residue.
  if (expected.dust) return;
  near(`${place}.weighted_holding_days`, weightedWholeDays(ledger.tranches(0), at), expected.weighted_holding_days, TOLERANCE);
  const { percentage, duration_days: days, from_cache: fromCache } = expected.holding;
  if (fromCache && at - cachedAt >= CACHE_SECONDS) throw new Error(`${place} cannot come from a cache that is ${at - cachedAt} s old`);
  const holding = fromCache ? ledger.holding(0, cachedAt * 1000) : fresh;
  near(`${place}.holding.percentage`, holding.heldShare, percentage, TOLERANCE);
  const oneLower = testCase.flags.includes("near_integer_days") && holding.heldDays === days + 1;
  if (!oneLower) same(`${place}.holding.duration_days`, holding.heldDays, days);
}

/** The mean of whole ages before it is rounded down, which the engine does not report, from the engine's tranches. */
function weightedWholeDays(tranches: readonly HeldTranche[], at: number): number {
  let days = 0;
  let weight = 0;
  for (const { source, entryMs, remainingRao } of tranches) {
    if (source !== "emission") continue;
    days += remainingRao * ageDays(entryMs, at);
    weight += remainingRao;
  }
  return weight === 0 ? 0 : days / weight;
}

function checkExits(testCase: TranchesCase, exits: readonly Exit[]): void {
  const expected = testCase.expected.exits.filter((exit) => !exit.dust);
  for (let i = 0; i < Math.min(exits.length, expected.length); i++) {
    same(`exits[${i}].tranche`, exits[i].tranche, expected[i].tranche);
    checkAmount(testCase, `exits[${i}].amount`, exits[i].amountRao, expected[i].amount);
    same(`exits[${i}].at`, exits[i].at, expected[i].at);
  }
  same("number of exits", exits.length, expected.length);
}

function checkFinalTranches(testCase: TranchesCase, ledger: LedgerUnderTest, exits: readonly Exit[]): void {
  const { queries } = testCase.input;
  const lastAt = queries[queries.length - 1].at;
  const held = new Map(ledger.tranches(0).map((tranche) => [tranche.id, tranche]));
  const taken = new Map<number, number>();
  for (const exit of exits) taken.set(exit.tranche, (taken.get(exit.tranche) ?? 0) + exit.amountRao);
  for (const expected of testCase.expected.tranches) {
    const place = `tranches[${expected.index}]`;
    const tranche = held.get(expected.index);
    const remaining = tranche?.remainingRao ?? 0;
    const initial = remaining + (taken.get(expected.index) ?? 0);
    checkAmount(testCase, `${place}.initial`, initial, expected.initial);
    checkAmount(testCase, `${place}.remaining`, remaining, expected.remaining);
    near(`${place}.fraction_remaining`, remaining / initial, expected.fraction_remaining, TOLERANCE);
    if (tranche === undefined) continue;
    same(`${place}.initial`, tranche.receivedRao, initial);
    same(`${place}.entry`, tranche.entryMs, expected.entry * 1000);
    same(`${place}.source`, tranche.source, expected.source);
    same(`${place}.age_days`, ageDays(tranche.entryMs, lastAt), expected.age_days);
  }
  same("total_stake", Number(ledger.totals(0).total), raoOf(testCase.expected.total_stake));
}

/** Flag `exact`: the original's floats are exact; otherwise within half a rao. */
function checkAmount(testCase: TranchesCase, at: string, foundRao: number, expectedTao: number): void {
  if (testCase.flags.includes("exact")) same(at, foundRao / 1e9, expectedTao);
  else same(at, foundRao, raoOf(expectedTao));
}

function ageDays(entryMs: number, at: number): number {
  return Math.floor((at - entryMs / 1000) / DAY_SECONDS);
}
