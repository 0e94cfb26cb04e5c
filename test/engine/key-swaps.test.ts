import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../cases.js";
import { configuration, DAY, type MemoryRun, type MemoryStream, pay, type Row, run, START, stake } from "./in-memory.js";

const T = 1_000_000_000;
const HOUR = DAY / 24;
const SWAP_MS = START + 5 * DAY + 7 * HOUR;
const TEMPO = { subnetDefaults: { tempoBlocks: 3600, capacity: 3, immunityMs: 0 } } as const;

/** One key of the first miner is swapped for a fresh one. */
const SWAPS = {
  hotkey: { from: "m0", to: "fresh" },
  coldkey: { from: "m0-owner", to: "fresh-owner" },
} as const;

type Key = keyof typeof SWAPS;

/** The row of `stake` that tells of the swap. */
function swapOf(key: Key): Row {
  return stake(SWAP_MS, `${key}_swapped`, "m0", 0, { [`to_${key}`]: SWAPS[key].to, extrinsic: 1, event: 1 });
}

/** The same row as a run tells it in which the key has another name from the swap on. */
function renamed(row: Row, key: Key): Row {
  const after = Number(row.time_ms) > SWAP_MS || (row.time_ms === SWAP_MS && Number(row.extrinsic ?? -1) > 1);
  const { from, to } = SWAPS[key];
  const name = (column: string) => (after && row[column] === from ? { [column]: to } : {});
  return { ...row, ...name(key), ...name(`to_${key}`) };
}

/** What each owner was paid and holds: what no name of a hotkey can change. */
function byOwner({ tables, summary }: MemoryRun) {
  const owners = new Map((tables.positions ?? []).map((row) => [row.position, row.coldkey === "fresh-owner" ? "m0-owner" : row.coldkey]));
  const sum = (rows: readonly Row[] | undefined, key: (row: Row) => string, value: (row: Row) => number) => {
    const sums: Record<string, number> = {};
    for (const row of rows ?? []) {
      const name = `${owners.get(row.position)} ${key(row)}`;
      sums[name] = (sums[name] ?? 0) + value(row);
    }
    return Object.fromEntries(Object.entries(sums).sort());
  };
  return {
    paid: sum(
      tables.rewards,
      (row) => `in epoch ${row.epoch} as ${row.role}`,
      (row) => Number(row.paid_rao),
    ),
    instalments: sum(
      tables.payments,
      (row) => `${row.time_ms}`,
      (row) => Number(row.amount_rao),
    ),
    received: sum(
      tables.holdings,
      (row) => `at ${row.epoch}`,
      (row) => Number(row.received_rao),
    ),
    stake: sum(
      tables.positions,
      () => "",
      (row) => Number(row.stake_rao),
    ),
    seats: (tables.registrations ?? [])
      .filter((row) => row.change === "replaced")
      .map((row) => [row.time_ms, row.uid, owners.get(row.position)]),
    rejections: (tables.rejections ?? []).map((row) => [row.time_ms, owners.get(row.position), row.cause]),
    emission: summary.emissionRao,
  };
}

const act = fc.record({
  hours: fc.integer({ min: 0, max: 10 * 24 }),
  kind: fc.constantFrom("pay", "pay", "pay", "removed", "added", "moved", "weight", "register"),
  miner: fc.integer({ min: 0, max: 2 }),
  amount: fc.integer({ min: 1, max: 5 * T }),
});

describe("a swap of keys", () => {
  it("changes what no owner is paid or holds, whatever the mode, the epochs and the rules", () => {
    fc.assert(
      fc.property(
        fc.array(act, { minLength: 4, maxLength: 40 }),
        fc.constantFrom<Key>("hotkey", "coldkey"),
        fc.record({
          mode: fc.constantFrom("replay", "redistribute"),
          withdrawals: fc.constantFrom("same_tranches", "proportional", "absolute"),
          epochs: fc.constantFrom("tempo", "emission"),
          scheduled: fc.boolean(),
          registry: fc.boolean(),
          /** Where the registry tells of the swap: before the stake row, after it, or not at all. */
          told: fc.constantFrom(0, 2, -1),
          weights: fc.boolean(),
          maxMultiplier: fc.constantFrom(1, 3),
        }),
        (acts, key, { mode, withdrawals, epochs, scheduled, registry, told, weights, maxMultiplier }) => {
          const sorted = [...acts].sort((a, b) => a.hours - b.hours);
          const of = (...kinds: string[]) => sorted.filter(({ kind }) => kinds.includes(kind));
          // Two weights of a miner at one instant contradict each other, which is refused.
          const stated = of("weight").filter((a, i, all) => all.findIndex((b) => b.hours === a.hours && b.miner === a.miner) === i);
          const seated = [0, 1, 2].map((i) => ({ ...pay(START, `m${i}`, 0), action: "registered", uid: i, extrinsic: 0, event: i }));
          const seats = of("register").map(({ hours }, i) => ({
            ...pay(START + hours * HOUR, `n${i}`, 0),
            action: "registered",
            uid: -1,
            extrinsic: 3,
            event: i,
          }));
          const streams: MemoryStream[] = [
            { kind: "emission", rows: of("pay").map((a) => pay(START + a.hours * HOUR, `m${a.miner}`, a.amount, { uid: a.miner })) },
            {
              kind: "stake",
              rows: of("removed", "added", "moved").map((a, i) =>
                stake(START + a.hours * HOUR, a.kind, `m${a.miner}`, a.amount, {
                  extrinsic: 2 + i,
                  event: i,
                  ...(a.kind === "moved" ? { to_hotkey: `m${(a.miner + 1) % 3}` } : {}),
                }),
              ),
            },
            ...(weights
              ? [
                  {
                    kind: "weights" as const,
                    rows: stated.map((a) => ({
                      time_ms: START + a.hours * HOUR,
                      netuid: 1,
                      hotkey: `m${a.miner}`,
                      coldkey: `m${a.miner}-owner`,
                      weight: a.amount,
                    })),
                  },
                ]
              : []),
            ...(registry ? [{ kind: "registry" as const, rows: [...seated, ...seats] }] : []),
          ];
          const inOrder = (rows: readonly Row[]) => [...rows].sort((a, b) => Number(a.time_ms) - Number(b.time_ms));
          const swapped = streams.map((stream) => {
            const rows = stream.rows.map((row) => renamed(row, key));
            if (stream.kind === "stake") return { ...stream, rows: inOrder([swapOf(key), ...rows]) };
            // Only a seat that is there is told of.
            if (stream.kind !== "registry" || told < 0 || seats.length > 0) return { ...stream, rows };
            const passed = { ...pay(SWAP_MS, "m0", 0), [key]: SWAPS[key].to, action: `${key}_swapped`, uid: 0, extrinsic: 1, event: told };
            return { ...stream, rows: [...rows, passed] };
          });
          const schedules =
            scheduled && withdrawals !== "same_tranches" ? { durationMs: 4 * DAY, intervalMs: DAY, minVestingAmountRao: 1 } : null;
          const config = configuration({
            ...TEMPO,
            endMs: START + 12 * DAY,
            epochs,
            schedules,
            emission: { mode, withdrawals } as never,
            vesting: { maxMultiplier, retentionWindowDays: 4 } as never,
            audit: true,
          });
          expect(byOwner(run(config, swapped))).toEqual(byOwner(run(config, streams)));
        },
      ),
      { numRuns: cases(100, 400) },
    );
  });
});

describe("a move of everything", () => {
  it("hands on what was received also where the run has nothing left to move, under every `withdrawals`", () => {
    for (const withdrawals of ["same_tranches", "proportional", "absolute"]) {
      const { tables } = run(configuration({ emission: { mode: "redistribute", withdrawals } as never, audit: true }), [
        {
          kind: "emission",
          rows: [
            pay(START + DAY, "a", T),
            pay(START + DAY, "x", T),
            pay(START + 3 * DAY, "a", T),
            pay(START + 3 * DAY, "x", T),
            pay(START + 5 * DAY, "x", 1),
          ],
        },
        {
          kind: "weights",
          rows: ["a", "x"]
            .flatMap((hotkey) => [
              { time_ms: START, netuid: 1, hotkey, coldkey: `${hotkey}-owner`, weight: 1 },
              { time_ms: START + 2 * DAY, netuid: 1, hotkey, coldkey: `${hotkey}-owner`, weight: hotkey === "a" ? 0 : 1 },
            ])
            .sort((a, b) => a.time_ms - b.time_ms),
        },
        {
          kind: "stake",
          rows: [
            stake(START + 2 * DAY, "removed", "a", T),
            stake(START + 4 * DAY, "moved", "a", T, { to_hotkey: "b", to_coldkey: "a-owner" }),
          ],
        },
      ]);
      const hotkeys = tables.positions.map((row) => row.hotkey);
      const last = tables.holdings.filter((row) => row.epoch === 3);
      const of = (hotkey: string) => last.find((row) => hotkeys[Number(row.position)] === hotkey);
      expect(of("a"), withdrawals).toMatchObject({ received_rao: 0, remaining_rao: 0 });
      expect(of("b"), withdrawals).toMatchObject({ received_rao: T, remaining_rao: 0, held_share: 0 });
    }
  });
});
