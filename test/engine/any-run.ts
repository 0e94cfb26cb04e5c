import fc from "fast-check";
import { type SimulationConfiguration, TenureError, WITHDRAWAL_ORDERS } from "../../engine/index.js";
import { configuration, DAY, type MemoryRun, type MemoryStream, type Row, run, START } from "./in-memory.js";

const TOKEN = 1_000_000_000;
const HOUR = 3_600_000;

/** Rao of every order of magnitude up to a hundred million tokens over a run. */
const amount = fc
  .tuple(fc.nat(50), fc.nat(1023))
  .map(([magnitude, mantissa]) => Math.max(1, Math.floor(2 ** magnitude * (1 + mantissa / 1024))));

interface Happening {
  readonly kind: string;
  /** Hours from the start: several fall into one instant. */
  readonly hour: number;
  readonly miner: number;
  readonly other: number;
  readonly amount: number;
  /** What arrives of what is sent is so much more, or less. */
  readonly arrivingMore: number;
  readonly netuid: number;
}

const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom(
    ...["pay", "pay", "pay", "validator", "added", "removed", "removed", "burned", "slashed", "moved", "moved", "swapped"],
    ...["transferred", "hotkey_swapped", "coldkey_swapped", "registered", "deregistered", "price", "weight", "snapshot"],
  ),
  hour: fc.oneof(fc.nat(48), fc.nat(90 * 24)),
  miner: fc.nat(4),
  other: fc.nat(4),
  amount,
  arrivingMore: fc.oneof(fc.constant(0), fc.integer({ min: -12, max: 12 }), fc.integer({ min: -(2 ** 40), max: 2 ** 30 })),
  netuid: fc.constantFrom(1, 1, 1, 2),
});

/** Hotkeys h0 to h4; h0 and h1 belong to one coldkey. */
const keys = (miner: number): { hotkey: string; coldkey: string } => ({ hotkey: `h${miner}`, coldkey: `c${miner >> 1}` });

/** What happened as streams, each in time order. */
export function streamsOf(
  happenings: readonly Happening[],
  parts: { readonly snapshots: boolean; readonly weights: boolean },
): MemoryStream[] {
  const sorted = [...happenings].sort((a, b) => a.hour - b.hour);
  const rows = (kinds: readonly string[], row: (happening: Happening, index: number) => Row): Row[] =>
    sorted
      .filter(({ kind }) => kinds.includes(kind))
      .map((one, i) => ({ time_ms: START + one.hour * HOUR, netuid: one.netuid, ...row(one, i) }));
  const emission = rows(["pay", "validator"], ({ kind, miner, amount: rao }) => ({
    ...keys(miner),
    amount_rao: Math.ceil(rao / 64),
    ...(kind === "validator" ? { role: "validator" } : {}),
  }));
  const stakeActions = ["added", "removed", "burned", "slashed", "moved", "swapped", "transferred", "hotkey_swapped", "coldkey_swapped"];
  const stake = rows(stakeActions, ({ kind, miner, other, amount: rao, arrivingMore, netuid }, i) => ({
    ...keys(miner),
    action: kind,
    // Two to an extrinsic, so that removals and additions can be paired.
    extrinsic: i >> 1,
    event: i,
    amount_rao: kind.endsWith("key_swapped") ? 0 : rao,
    ...(kind === "moved" || kind === "hotkey_swapped" ? { to_hotkey: `h${other}` } : {}),
    ...(kind === "transferred" || kind === "coldkey_swapped" ? { to_coldkey: `c${other}` } : {}),
    ...(kind === "moved" || kind === "transferred" ? { to_amount_rao: Math.max(0, rao + arrivingMore) } : {}),
    ...(kind === "swapped" ? { to_netuid: 3 - netuid, to_amount_rao: Math.ceil(rao / 3) } : {}),
  }));
  const registry = rows(["registered", "deregistered"], ({ kind, miner }, i) => ({
    ...keys(miner),
    action: kind,
    extrinsic: 1000 + i,
    event: i,
  }));
  const price = rows(["price"], ({ amount: rao }) => ({ price_tao_per_alpha: rao / TOKEN }));
  // Two weights of a miner at one instant contradict each other, which is refused.
  const said = new Set<string>();
  const weights = rows(["weight"], ({ miner, other }) => ({ ...keys(miner), weight: other / 4 })).filter((row) => {
    const of = [row.time_ms, row.netuid, row.hotkey].join();
    return !said.has(of) && said.add(of);
  });
  const snapshots = rows(["snapshot"], ({ miner, amount: rao }) => ({ ...keys(miner), uid: miner, stake_rao: rao }));
  return [
    { kind: "emission", rows: emission },
    { kind: "stake", rows: stake },
    { kind: "registry", rows: registry },
    { kind: "price", rows: price },
    ...(parts.weights ? [{ kind: "weights" as const, rows: weights }] : []),
    ...(parts.snapshots ? [{ kind: "metagraph" as const, rows: snapshots }] : []),
  ];
}

export interface AnyRun {
  readonly config: SimulationConfiguration;
  readonly streams: readonly MemoryStream[];
}

/** A scenario of any mode over streams of any events. */
export const anyRun: fc.Arbitrary<AnyRun> = fc
  .record({
    happenings: fc.array(happening, { minLength: 1, maxLength: 80 }),
    parts: fc.record({ snapshots: fc.boolean(), weights: fc.boolean() }),
    mode: fc.constantFrom("replay" as const, "redistribute" as const),
    withdrawals: fc.constantFrom("same_tranches" as const, "proportional" as const, "absolute" as const),
    epochs: fc.constantFrom("emission" as const, "emission" as const, "tempo" as const),
    schedules: fc.boolean(),
    outside: fc.boolean(),
    ledger: fc.record({
      withdrawalOrder: fc.constantFrom(...WITHDRAWAL_ORDERS),
      equalTimes: fc.constantFrom("later_first" as const, "earlier_first" as const),
      moves: fc.constantFrom("neutral_within_subnet" as const, "strict" as const),
      onInvalid: fc.constantFrom("record" as const, "clamp" as const, "clamp" as const, "stop" as const),
      pairMoves: fc.boolean(),
    }),
    vesting: fc.record({
      mode: fc.constantFrom("on" as const, "shadow" as const, "off" as const),
      startMs: fc.constantFrom(null, START + 10 * DAY),
      minimumStakeRao: fc.constantFrom(0, TOKEN),
      retentionBasis: fc.constantFrom("emissions" as const, "all_stake" as const),
      retentionScope: fc.constantFrom("lifetime" as const, "window" as const),
      rounding: fc.constantFrom("exact" as const, "whole_days" as const),
      keyScope: fc.constantFrom("hotkey" as const, "coldkey_even" as const),
      belowMinimum: fc.constantFrom("no_bonus" as const, "zero" as const),
    }),
    snapshots: fc.constantFrom("auto" as const, "update" as const, "force" as const),
  })
  .map(({ happenings, parts, mode, withdrawals, epochs, schedules, outside, ledger, vesting, snapshots }) => ({
    streams: streamsOf(happenings, parts),
    config: configuration({
      ledger,
      vesting,
      epochs,
      snapshots,
      endMs: START + 95 * DAY,
      subnetDefaults: { tempoBlocks: 36_000, capacity: 3, immunityMs: DAY },
      emission: {
        mode,
        // Instalments have no counterpart in the recording, so recorded withdrawals cannot follow their tranches.
        withdrawals: schedules && withdrawals === "same_tranches" ? "proportional" : withdrawals,
        outside: outside ? { minerPotRaoPerBlock: 1_000_000 } : null,
      },
      schedules: schedules ? { durationMs: 5 * DAY, intervalMs: 36 * HOUR, minVestingAmountRao: 1_000 } : null,
    }),
  }));

/** The tables and the summary of a run, or the refusal that ended it (`on_invalid: stop`). */
export function outcome({ config, streams }: AnyRun): MemoryRun | string {
  try {
    return run(config, streams);
  } catch (error) {
    if (error instanceof TenureError) return error.message;
    throw error;
  }
}
