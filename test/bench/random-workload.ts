import fc from "fast-check";
import type { Workload } from "../../bench/kernel/workload.js";

const HOUR = 3_600_000;
/** What a miner may hold at most in these workloads, so that no sum of a few more passes 2^53. */
const MOST_RAO = 2 ** 52;

interface Event {
  readonly epoch: number;
  /** Where in the epoch, 0..1. */
  readonly at: number;
  readonly miner: number;
  /** Adds this; `all` and `part` remove all, or a part of what is held. */
  readonly amount: number | "all" | "part";
}

/** Rao of every order of magnitude up to 2^45. */
const amount = fc.tuple(fc.nat(44), fc.nat(255)).map(([magnitude, mantissa]) => Math.floor(2 ** magnitude * (1 + mantissa / 256)));

/** Small workloads of any kind: short and long epochs, odd numbers of miners, sums of what was received that pass 2^53. */
export const anyWorkload: fc.Arbitrary<Workload> = fc
  .record({
    miners: fc.integer({ min: 1, max: 5 }),
    epochs: fc.integer({ min: 1, max: 60 }),
    epochHours: fc.constantFrom(1, 12, 19, 24 * 7),
    emission: fc.array(amount, { minLength: 8, maxLength: 8 }),
    events: fc.array(
      fc.record({
        epoch: fc.nat(60),
        at: fc.double({ min: 0, max: 0.999, noNaN: true }),
        miner: fc.nat(4),
        amount: fc.oneof(amount, fc.constantFrom("all" as const, "part" as const)),
      }),
      { maxLength: 120 },
    ),
  })
  .map(({ miners, epochs, epochHours, emission, events }) => build(miners, epochs, epochHours * HOUR, emission, events));

function build(miners: number, epochs: number, epochMs: number, emission: readonly number[], events: readonly Event[]): Workload {
  const startMs = 1_700_000_000_000;
  const emissionRao = Float64Array.from({ length: miners * epochs }, (_, cell) => emission[cell % emission.length]);
  const timed = events
    .map((event) => ({ ...event, timeMs: startMs + Math.min(event.epoch, epochs) * epochMs + 1 + Math.floor(event.at * (epochMs - 1)) }))
    .sort((a, b) => a.timeMs - b.timeMs);
  const held = new Float64Array(miners);
  const columns: { timeMs: number; miner: number; rao: number }[] = [];
  let paid = 0;
  for (const event of timed) {
    const miner = event.miner % miners;
    for (; paid < epochs && startMs + (paid + 1) * epochMs <= event.timeMs; paid++) {
      for (let one = 0; one < miners; one++) held[one] += emissionRao[paid * miners + one];
    }
    const rao =
      event.amount === "all" ? -held[miner] : event.amount === "part" ? -Math.floor(held[miner] * event.at) : Math.floor(event.amount);
    if (rao === 0 || held[miner] + rao > MOST_RAO) continue;
    held[miner] += rao;
    columns.push({ timeMs: event.timeMs, miner, rao });
  }
  return {
    miners,
    epochs,
    startMs,
    epochMs,
    emissionRao,
    eventMs: Float64Array.from(columns, ({ timeMs }) => timeMs),
    eventMiner: Int32Array.from(columns, ({ miner }) => miner),
    eventRao: Float64Array.from(columns, ({ rao }) => rao),
  };
}
