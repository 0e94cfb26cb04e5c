import { describe, expect, it } from "vitest";
import { AddressBook } from "../../engine/index.js";
import { loadScenario } from "../../scenarios/index.js";
import { makeDrawnStream } from "../../scenarios/synthetic/drawn-streams.js";
import { rowsOf } from "../engine/in-memory.js";
import { type Epoch, type GalleryRun, galleryRun } from "./gallery-run.js";

// Small models of what the pages say, of doubles and lists: they share no code with the stages.

type Model = (run: GalleryRun) => (epoch: Epoch, shares: readonly number[], at: number) => readonly number[];

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
const overSum = (numbers: readonly number[]) => numbers.map((one) => one / sum(numbers));
/** Rank of each, from 1. */
const ranks = (numbers: readonly number[]) => numbers.map((one) => 1 + numbers.filter((other) => other > one).length);
const meanOfLast = (history: readonly (readonly number[])[], n: number) => {
  const last = history.slice(-n);
  return last[0].map((_, miner) => sum(last.map((shares) => shares[miner])) / last.length);
};
const softmax = (numbers: readonly number[], temperature: number) =>
  overSum(numbers.map((one) => Math.exp(one / Math.max(...numbers) / temperature)));
const HOUR = 3_600_000;

const MODELS: Readonly<Record<string, Model>> = {
  "winner-takes-all": () => (_, shares) => shares.map((share) => (share === Math.max(...shares) ? 1 : 0)),
  "best-and-rest": () => (_, shares) => {
    const order = ranks(shares);
    const rest = sum(order.filter((rank) => rank > 1).map((rank) => 1 / Math.log(1 + rank)));
    return order.map((rank) => (rank === 1 ? 0.95 : (0.05 * (1 / Math.log(1 + rank))) / rest));
  },
  "softmax-windows": () => {
    const history: (readonly number[])[] = [];
    return (_, shares) => {
      history.push(shares);
      const long = softmax(meanOfLast(history, 10), 0.2);
      const short = softmax(meanOfLast(history, 3), 0.2);
      return shares.map((__, miner) => 0.5 * long[miner] + 0.5 * short[miner]);
    };
  },
  "selling-penalty": ({ epochs }) => {
    const steps = [
      [0.05, 0.8, 6],
      [0.15, 0.6, 12],
      [0.3, 0.4, 24],
    ] as const;
    /** By hotkey: until when each step holds. */
    const until = new Map<string, number[]>();
    return ({ endMs, miners }, shares, at) =>
      shares.map((share, k) => {
        const { hotkey, stakeRao } = miners[k];
        const closes = epochs
          .slice(0, at + 1)
          .flatMap((one) =>
            one.miners.filter((miner) => miner.hotkey === hotkey).map((miner) => ({ at: one.endMs, stakeRao: miner.stakeRao })),
          );
        const holds = until.get(hotkey) ?? steps.map(() => Number.NEGATIVE_INFINITY);
        const before = closes.at(-2);
        if (before !== undefined && stakeRao < before.stakeRao) {
          const most = Math.max(...closes.filter((one) => one.at >= endMs - 24 * HOUR).map((one) => one.stakeRao));
          steps.forEach(([drop, , hours], step) => {
            if (1 - stakeRao / most >= drop) holds[step] = endMs + hours * HOUR;
          });
        }
        until.set(hotkey, holds);
        return share * Math.min(1, ...steps.flatMap(([, factor], step) => (endMs < holds[step] ? [factor] : [])));
      });
  },
  "stake-tiers":
    () =>
    ({ miners }, shares) =>
      shares.map((share, k) => {
        const alpha = miners[k].stakeRao / 1e9;
        return (share * (alpha >= 5000 ? 1.2 : alpha >= 1000 ? 1.1 : 1)) / 1.2;
      }),
  "sigmoid-decay": () => {
    const told = drawn("sigmoid-decay").filter(({ column }) => column === -1);
    return ({ endMs, miners }) =>
      overSum(
        miners.map(({ hotkey }) => {
          const latest = told.filter((row) => row.hotkey === hotkey && row.timeMs < endMs).at(-1);
          if (latest === undefined) return 0;
          const age = (endMs - latest.timeMs) / (24 * HOUR);
          const left = age <= 0.5 ? 1 : Math.max(0.05, 1 / (1 + Math.exp(0.4 * (age - 10))));
          return latest.score * left;
        }),
      );
  },
  "last-champions": () => {
    const told = drawn("last-champions");
    let reigns: string[] = [];
    return ({ endMs, miners }) => {
      const scores = miners.map(({ hotkey }) => told.filter((row) => row.hotkey === hotkey && row.timeMs < endMs).at(-1)?.score ?? 0);
      const best = scores.indexOf(Math.max(...scores));
      const throne = miners.findIndex(({ hotkey }) => hotkey === reigns[0]);
      if (throne === -1 || (best !== throne && scores[best] > 1.05 * scores[throne])) {
        reigns = [miners[best].hotkey, ...reigns.filter((one) => one !== miners[best].hotkey)];
      }
      const five = reigns.slice(0, 5);
      return miners.map(({ hotkey }) => (five.includes(hotkey) ? 1 / five.length : 0));
    };
  },
};

/** The scores of a scenario, in the order of time. */
function drawn(name: string): readonly { hotkey: string; timeMs: number; score: number; column: number }[] {
  const { streams, configuration } = loadScenario(name);
  const stream = streams.find(({ source }) => source === "drawn");
  if (stream?.source !== "drawn") throw new Error(`${name} draws no scores`);
  const { seed, replicate, startMs, endMs } = configuration;
  const addresses = new AddressBook();
  const context = { name: stream.name, seed, replicate, startMs: startMs as number, endMs: endMs as number, addresses };
  return [...makeDrawnStream(stream.options, context).chunks].flatMap((batch) =>
    rowsOf(batch).map((row) => ({
      hotkey: addresses.nameOf(Number(row.hotkey)),
      timeMs: Number(row.time_ms),
      score: Number(row.score),
      column: Number(row.column),
    })),
  );
}

describe("a shipped rule family pays as its page says:", () => {
  it.each(Object.entries(MODELS))("%s", async (name, model) => {
    const run = await galleryRun(name);
    const shareOf = model(run);
    expect(run.epochs.length).toBeGreaterThan(30);
    let moved = 0;
    run.epochs.forEach((epoch, at) => {
      const base = overSum(epoch.miners.map((miner) => miner.base));
      const expected = shareOf(epoch, base, at);
      epoch.miners.forEach(({ hotkey, share, paidRao }, k) => {
        expect(share, `${hotkey} in epoch ${epoch.number}`).toBeCloseTo(expected[k], 12);
        expect(Math.abs(paidRao - expected[k] * epoch.potRao), `${hotkey} in epoch ${epoch.number}`).toBeLessThan(2);
        if (Math.abs(share - base[k]) > 0.001) moved += 1;
      });
    });
    expect(moved).toBeGreaterThan(run.epochs.length);
  });

  it("collateral-crown", async () => {
    const { tables, hotkeys } = await galleryRun("collateral-crown");
    const required = 10;
    const collateralOf = (hotkey: string, epoch: number) => (hotkey.startsWith("thin") ? 5 : hotkey === "deep-3" && epoch > 48 ? 2 : 10);
    let filled = 0;
    for (const { epoch } of tables.epochs) {
      const scored = tables.scores.filter((row) => row.epoch === epoch);
      const payouts = tables.payouts.filter((row) => row.epoch === epoch);
      const burned = tables.residuals.filter((row) => row.epoch === epoch && row.goes_to === "burn");
      const potRao = sum([...payouts.map((row) => Number(row.base_rao)), ...burned.map((row) => Number(row.amount_rao))]);
      const all = sum(scored.map((row) => Number(row.score)));
      for (const row of scored) {
        const hotkey = hotkeys[Number(row.participant)];
        const fill = Math.min(1, (Number(row.minted_rao) + Number(row.redeemed_rao)) / 1e9 / 10);
        const expected = (Number(row.score) / all) * Math.min(1, (collateralOf(hotkey, Number(epoch)) / required) ** 2) * fill;
        const paidRao = Number(payouts.find((one) => one.participant === row.participant)?.base_rao ?? 0);
        expect(Math.abs(paidRao - expected * potRao), `${hotkey} in epoch ${epoch}`).toBeLessThan(2);
        if (fill < 1 && expected > 0) filled += 1;
      }
    }
    expect(filled).toBeGreaterThan(10);
  });
});
