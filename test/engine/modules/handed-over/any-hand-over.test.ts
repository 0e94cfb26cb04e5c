import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultMinerStrategy } from "../../../../engine/index.js";
import { cases } from "../../../cases.js";
import { outcome } from "../../any-run.js";
import type { MemoryRun, Row } from "../../in-memory.js";
import { type AnyHandOver, anyHandOver, withHandOver, withoutOwnActs } from "./any-hand-over.js";

/** Both runs, where the position is there when it is handed over and the recording itself can be run. */
function both(any: AnyHandOver): { readonly plain: MemoryRun; readonly handed: MemoryRun } {
  const plain = outcome(any.plain);
  const handed = outcome(withHandOver(any));
  fc.pre(typeof plain !== "string" && typeof handed !== "string");
  return { plain, handed };
}

const OF_ITS_PRICES = /^(No stream tells a price of|Prices of subnet 1 end at|\S+ alpha that handed held when it was handed over)/;

const AGENTS = new Set(["agents", "agent_orders"]);

/** What was written down of times before an instant, in tables that say when. */
function upTo(tables: MemoryRun["tables"], timeMs: number): Record<string, readonly Row[]> {
  const ends = (tables.epochs ?? []).filter((row) => Number(row.end_ms) < timeMs).map((row) => `${row.netuid}/${row.epoch}`);
  const isBefore = (row: Row) => {
    if ("time_ms" in row) return Number(row.time_ms) < timeMs;
    return "epoch" in row && ends.includes(`${row.netuid}/${row.epoch}`);
  };
  return Object.fromEntries(
    Object.entries(tables)
      .filter(([name]) => !AGENTS.has(name))
      .map(([name, rows]) => [name, rows.filter(isBefore)] as const)
      .filter(([, rows]) => rows.length > 0),
  );
}

describe("a position of any recording, handed to any strategy", () => {
  it("leaves books that add up, and an audit changes nothing", () => {
    let ran = 0;
    fc.assert(
      fc.property(anyHandOver, (any) => {
        const { config, streams } = withHandOver(any);
        const plain = outcome({ config, streams });
        if (typeof plain !== "string") ran += 1;
        expect(outcome({ config: { ...config, audit: true }, streams })).toEqual(plain);
      }),
      { numRuns: cases(45, 150) },
    );
    expect(ran).toBeGreaterThan(cases(10, 40));
  });

  it("is as the recording has it until then, row by row", () => {
    fc.assert(
      fc.property(anyHandOver, (any) => {
        const { plain, handed } = both(any);
        expect(upTo(handed.tables, any.handed.fromMs)).toEqual(upTo(plain.tables, any.handed.fromMs));
      }),
      { numRuns: cases(25, 80) },
    );
  });

  it("that holds changes nothing where the recording has it do nothing either", () => {
    fc.assert(
      fc.property(anyHandOver, (any) => {
        const still = withoutOwnActs({ ...any, handed: { ...any.handed, strategy: defaultMinerStrategy("hold") } });
        const { plain, handed } = both(still);
        // What is still there is written down as of the end, and a hand-over is something that happens.
        fc.pre((plain.summary.lastMs ?? 0) >= still.handed.fromMs);
        const { agents, agent_orders: orders, ...tables } = handed.tables;
        expect(tables).toEqual(plain.tables);
        expect(orders).toBeUndefined();
        const { handedOver, rows, warnings, ...summary } = handed.summary;
        const { handedOver: none, rows: _, warnings: before, ...expected } = plain.summary;
        // On which prices its worth rests is only asked where somebody is handed over.
        expect(warnings.filter((warning) => !OF_ITS_PRICES.test(warning))).toEqual(before);
        expect(none).toBeNull();
        expect(summary).toEqual(expected);
        const [figures] = handedOver?.miners ?? [];
        expect(figures.asRecorded.acts).toBe(0);
        if (any.plain.config.emission.mode === "replay") expect(figures.stakeEndRao).toBe(figures.asRecorded.stakeEndRao);
      }),
      { numRuns: cases(30, 100) },
    );
  });

  it("changes nobody else's stake and pay where pay is replayed", () => {
    fc.assert(
      fc.property(anyHandOver, (any) => {
        const { config, streams } = any.plain;
        const replayed = { ...any, plain: { config: { ...config, emission: { ...config.emission, mode: "replay" as const } }, streams } };
        const { plain, handed } = both(replayed);
        const own = handed.summary.handedOver?.miners.flatMap(({ hotkeys }) => hotkeys) ?? [];
        const others = ({ tables }: MemoryRun) =>
          (tables.positions ?? [])
            .filter(({ hotkey, netuid }) => !(own.includes(String(hotkey)) && netuid === 1))
            .map(({ stake_rao, paid_rao, recorded_rao, uid }) => ({ stake_rao, paid_rao, recorded_rao, uid }));
        expect(others(handed)).toEqual(others(plain));
      }),
      { numRuns: cases(20, 60) },
    );
  });

  it("accounts for all that it has: what it had, was paid, bought and got, less what it sold", () => {
    fc.assert(
      fc.property(anyHandOver, (any) => {
        const handed = outcome(withHandOver(any));
        fc.pre(typeof handed !== "string");
        const [one] = handed.summary.handedOver?.miners ?? [];
        const tao = BigInt(one.taoStartRao) + BigInt(one.proceedsRao) - BigInt(one.spentRao);
        expect(BigInt(one.taoEndRao)).toBe(tao);
        const [agent] = handed.tables.agents;
        expect([agent.paid_rao, agent.stake_end_rao, agent.tao_end_rao, agent.profit_tao].map(String)).toEqual(
          [one.paidRao, one.stakeEndRao, one.taoEndRao, one.profitTao].map(String),
        );
        // The table of flows tells the same of the position, whatever keys it has by now.
        const own = handed.tables.positions.filter(
          ({ hotkey, coldkey }) => one.hotkeys.includes(String(hotkey)) && coldkey === one.coldkey,
        );
        expect(own.filter(({ netuid }) => netuid === one.netuid).map(({ stake_rao }) => String(stake_rao))).toEqual([one.stakeEndRao]);
      }),
      { numRuns: cases(25, 80) },
    );
  });
});
