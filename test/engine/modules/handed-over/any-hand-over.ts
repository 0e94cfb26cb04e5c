import fc from "fast-check";
import { defaultMinerStrategy, type HandedOverConfiguration, type MinerStrategyName } from "../../../../engine/index.js";
import { type AnyRun, anyRun } from "../../any-run.js";
import { type MemoryStream, type Row, START } from "../../in-memory.js";

const HOUR = 3_600_000;
const TOKEN = 1_000_000_000;

export interface AnyHandOver {
  /** The same without it. */
  readonly plain: AnyRun;
  readonly handed: HandedOverConfiguration;
}

const STRATEGIES: readonly MinerStrategyName[] = [
  ...["hold", "sell_all", "sell_fraction", "sell_schedule", "rational", "target_multiplier", "wash_cycle", "just_in_time"],
  ...["top_up_mask", "price_push", "tier_edge", "threshold_drain", "take_profit", "stop_loss", "cliff_seller"],
] as MinerStrategyName[];

/** One position of any recording that is paid on netuid 1, handed to any strategy at any time after that; hotkeys are h0 to h4, two and two of one coldkey. */
export const anyHandOver: fc.Arbitrary<AnyHandOver> = fc
  .record({
    plain: anyRun,
    payment: fc.nat(),
    later: fc.oneof(fc.integer({ min: 1, max: 48 }), fc.integer({ min: 1, max: 30 * 24 })),
    strategy: fc.constantFrom(...STRATEGIES),
    tao: fc.nat(1_000),
  })
  .map(({ plain, payment, later, strategy, tao }) => {
    const paid = (plain.streams.find(({ kind }) => kind === "emission")?.rows ?? []).filter(({ netuid }) => netuid === 1);
    const row = paid[payment % Math.max(1, paid.length)];
    // Without any stream of prices a hand-over is refused; an empty one changes nothing.
    const hasPrices = plain.streams.some(({ kind }) => kind === "price");
    const streams: readonly MemoryStream[] = hasPrices ? plain.streams : [...plain.streams, { kind: "price", rows: [] }];
    return {
      plain: { ...plain, streams, config: { ...plain.config, schedules: null } },
      handed: {
        name: "handed",
        netuid: 1,
        hotkeys: [String(row?.hotkey ?? "h0")],
        coldkey: String(row?.coldkey ?? "c0"),
        fromMs: Number(row?.time_ms ?? START) + later * HOUR,
        strategy: defaultMinerStrategy(strategy),
        taoRao: tao * TOKEN,
      },
    };
  })
  .filter(({ plain, handed }) => handed.fromMs <= (plain.config.endMs ?? 0));

export function withHandOver({ plain: { config, streams }, handed }: AnyHandOver): AnyRun {
  return { config: { ...config, handedOver: [handed] }, streams };
}

const MOVES = new Set(["added", "removed", "burned", "slashed", "moved", "swapped", "transferred", "hotkey_swapped", "coldkey_swapped"]);

/** The streams without what the position does of its own accord from its hand-over on, or is done to it by slashing and swaps. */
export function withoutOwnActs({ plain, handed }: AnyHandOver): AnyHandOver {
  const { hotkeys, coldkey, fromMs } = handed;
  const isOwn = (row: Row) =>
    Number(row.time_ms) >= fromMs &&
    MOVES.has(String(row.action)) &&
    (row.hotkey === hotkeys[0] || (row.action === "coldkey_swapped" && row.coldkey === coldkey));
  const streams = plain.streams
    .filter(({ kind }) => kind !== "metagraph")
    .map((stream): MemoryStream => (stream.kind === "stake" ? { ...stream, rows: stream.rows.filter((row) => !isOwn(row)) } : stream));
  return { plain: { ...plain, streams }, handed };
}
