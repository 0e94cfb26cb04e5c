import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AddressBook, type ColumnBatch, type SimulationSummary, STREAMS, simulate } from "../../../engine/index.js";
import { loadScenario, makeSyntheticStreams, type SyntheticOptions } from "../../../scenarios/index.js";
import { DAY, make, RAO, type Row, START } from "./sample.js";

const sum = (rows: readonly Row[]) => rows.reduce((total, { amount_rao }) => total + BigInt(amount_rao), 0n);
const TEMPO_MS = 360 * 12_000;

describe("synthetic streams", () => {
  it("are registrations, stake and emission, named after the stream", () => {
    expect(make().streams.map(({ description }) => description)).toEqual([
      { name: "peers/registry", kind: "registry", coverage: "subnet", role: "miner" },
      { name: "peers/stake", kind: "stake", coverage: "subnet", role: "miner" },
      { name: "peers/emission", kind: "emission", coverage: "subnet", role: "miner" },
    ]);
    expect(make({ registry: false }).streams.map(({ description }) => description.kind)).toEqual(["stake", "emission"]);
  });

  it("register every miner at the start, one after the other", () => {
    const rows = make().rows("registry");
    expect(rows).toHaveLength(12);
    rows.forEach((row, miner) => {
      expect(row).toMatchObject({
        time_ms: START,
        block: 1000,
        extrinsic: miner,
        event: 0,
        action: "registered",
        netuid: 7,
        uid: miner + 3,
      });
      expect(row.hotkey).toBe(`peers/miner-${String(miner).padStart(3, "0")}`);
    });
    expect(new Set(rows.map(({ coldkey }) => coldkey)).size).toBe(5);
  });

  it("pay every miner every epoch, and the whole pot to the rao", () => {
    const rows = make().rows("emission");
    const epochs = 20 * 20;
    expect(rows).toHaveLength(epochs * 12);
    for (let epoch = 0; epoch < epochs; epoch++) {
      const paid = rows.slice(epoch * 12, (epoch + 1) * 12);
      expect(sum(paid)).toBe(BigInt(360 * 0.41 * RAO));
      paid.forEach((row, miner) => {
        expect(row).toMatchObject({
          time_ms: START + (epoch + 1) * TEMPO_MS,
          block: 1000 + (epoch + 1) * 360,
          netuid: 7,
          uid: miner + 3,
          role: "miner",
        });
        expect(Number.isSafeInteger(row.amount_rao) && row.amount_rao > 0).toBe(true);
      });
    }
  });

  it("give miners shares that differ by the spread and vary by the jitter", () => {
    const shares = (rows: readonly Row[]) => rows.map(({ amount_rao }) => amount_rao);
    const steady = make({ shareJitter: 0 }).rows("emission");
    expect(shares(steady.slice(0, 12))).toEqual(shares(steady.slice(12, 24)));
    expect(Math.max(...shares(steady)) / Math.min(...shares(steady))).toBeGreaterThan(1.5);
    expect(Math.max(...shares(steady)) / Math.min(...shares(steady))).toBeLessThanOrEqual(8.001);
    const even = shares(make({ shareJitter: 0, shareSpread: 1 }).rows("emission"));
    expect(Math.max(...even) - Math.min(...even)).toBeLessThanOrEqual(1);
    const varied = shares(make({ shareJitter: 0.1, shareSpread: 1 }).rows("emission"));
    expect(Math.max(...varied) / Math.min(...varied)).toBeGreaterThan(1.1);
    for (let row = 0; row < varied.length; row += 12) {
      const epoch = varied.slice(row, row + 12);
      expect(Math.max(...epoch) / Math.min(...epoch)).toBeLessThan(1.1 / 0.9 + 1e-6);
    }
  });

  it("keep the order of time, block, extrinsic and event, on the grid of blocks and inside the run", () => {
    const rows = make().rows("stake");
    rows.forEach((row, index) => {
      expect((row.time_ms - START) % 12_000).toBe(0);
      expect(row.block).toBe(1000 + (row.time_ms - START) / 12_000);
      expect(row.time_ms).toBeLessThanOrEqual(START + 20 * DAY);
      const before = rows[index - 1];
      if (before === undefined) return;
      expect(row.time_ms).toBeGreaterThanOrEqual(before.time_ms);
      expect(row.extrinsic).toBe(row.block === before.block ? before.extrinsic + 1 : 0);
    });
    expect(rows.slice(0, 12).every(({ time_ms, action }) => time_ms === START && action === "added")).toBe(true);
  });

  it("never remove more than a miner holds, and add and remove as often as asked", () => {
    const behaviours = fc.record({ holders: fc.nat(3), trimmers: fc.nat(3), sweepers: fc.integer({ min: 1, max: 3 }) });
    fc.assert(
      fc.property(fc.nat(1_000), fc.integer({ min: 1, max: 20 }), behaviours, fc.nat(6), (seed, miners, mix, removesPerDay) => {
        const options: Partial<SyntheticOptions> = { miners, coldkeys: 1, behaviours: mix, removesPerDay };
        const made = make(options, { seed, endMs: START + 6 * DAY });
        const held = new Map<string, bigint>();
        const events = [
          ...made.rows("emission").map((row) => ({ ...row, phase: 0, action: "added" })),
          ...made.rows("stake").map((row) => ({ ...row, phase: 1 })),
        ].sort((a, b) => a.time_ms - b.time_ms || a.phase - b.phase);
        for (const { hotkey, action, amount_rao } of events) {
          expect(amount_rao).toBeGreaterThan(0);
          const left = (held.get(hotkey) ?? 0n) + (action === "added" ? 1n : -1n) * BigInt(amount_rao);
          expect(left >= 0n).toBe(true);
          held.set(hotkey, left);
        }
      }),
      { numRuns: 25 },
    );
    const long = make({ behaviours: { holders: 0, trimmers: 1, sweepers: 0 } }, { endMs: START + 200 * DAY }).rows("stake");
    const adds = long.filter(({ action }) => action === "added").length - 12;
    const removes = long.filter(({ action }) => action === "removed").length;
    expect(Math.abs(adds / (200 * 12) - 1)).toBeLessThan(0.1);
    expect(removes / (200 * 12)).toBeGreaterThan(1.5);
    expect(removes / (200 * 12)).toBeLessThan(2.2);
  });

  it("draw sizes log-uniformly inside their range", () => {
    const rows = make({ openingStake: null }, { endMs: START + 300 * DAY })
      .rows("stake")
      .filter(({ action }) => action === "added");
    const sizes = rows.map(({ amount_rao }) => amount_rao / RAO);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(0.1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(20);
    const middle = sizes.filter((size) => size < Math.sqrt(0.1 * 20)).length / sizes.length;
    expect(Math.abs(middle - 0.5)).toBeLessThan(0.05);
  });

  it("have holders that never remove, and sweepers that keep nothing", () => {
    const only = (behaviours: SyntheticOptions["behaviours"]) =>
      make({ behaviours, removesPerDay: 0 })
        .rows("stake")
        .filter(({ action }) => action === "removed");
    expect(only({ holders: 1, trimmers: 0, sweepers: 0 })).toEqual([]);
    expect(only({ holders: 0, trimmers: 1, sweepers: 0 })).toEqual([]);
    const swept = only({ holders: 0, trimmers: 0, sweepers: 1 });
    expect(swept.length).toBeGreaterThan(12);
    expect(sum(swept) * 2n).toBeGreaterThan(sum(make().rows("emission")));
  });

  it("mix behaviours in the proportions asked for, even for few miners", () => {
    const removers = new Set(
      make({ behaviours: { holders: 0.5, trimmers: 0.5, sweepers: 0 }, miners: 20 })
        .rows("stake")
        .filter(({ action }) => action === "removed")
        .map(({ hotkey }) => hotkey),
    );
    expect(Math.abs(removers.size - 10)).toBeLessThanOrEqual(1);
  });

  it("are the same for the same seed and replicate, walked again or made again, and differ for others", () => {
    const made = make();
    for (const kind of ["registry", "stake", "emission"]) {
      expect(made.rows(kind)).toEqual(made.rows(kind));
      expect(make().rows(kind)).toEqual(made.rows(kind));
    }
    for (const context of [{ seed: 2 }, { replicate: 1 }, { name: "others" }]) {
      const amounts = (rows: readonly Row[]) => rows.map(({ amount_rao }) => amount_rao);
      expect(amounts(make({}, context).rows("stake"))).not.toEqual(amounts(made.rows("stake")));
      expect(amounts(make({}, context).rows("emission"))).not.toEqual(amounts(made.rows("emission")));
    }
  });

  it("can be walked side by side", () => {
    const made = make();
    const alone = made.rows("stake").length;
    const walks = made.streams.map(({ chunks }) => chunks[Symbol.iterator]());
    let rows = 0;
    for (let open = walks.length; open > 0; ) {
      open = 0;
      for (const walk of walks) {
        const { done, value } = walk.next();
        if (done === true) continue;
        open += 1;
        rows += (value as ColumnBatch).rows;
      }
    }
    expect(rows).toBe(alone + 12 + 400 * 12);
  });

  it("leave the other miners' adds as they are when there is one miner more", () => {
    const addsOf = (miners: number) =>
      make({ miners })
        .rows("stake")
        .flatMap(({ hotkey, action, time_ms, amount_rao }) =>
          hotkey === "peers/miner-002" && action === "added" ? [[time_ms, amount_rao]] : [],
        );
    expect(addsOf(13)).toEqual(addsOf(12));
  });

  it("end epochs where a recording does, and pass over marks inside an epoch", () => {
    const epoch = 361 * 12_000;
    const epochEndsMs = [START, START + epoch, START + epoch + 60_000, START + 2 * epoch, START + 4 * epoch, START + 30 * DAY];
    const made = make({}, { epochEndsMs: epochEndsMs.values() });
    const rows = made.rows("emission");
    const ends = [...new Set(rows.map(({ time_ms }) => time_ms))];
    expect(ends).toEqual([START + epoch, START + 2 * epoch, START + 4 * epoch]);
    const pots = ends.map((end) => sum(rows.filter(({ time_ms }) => time_ms === end)));
    expect(pots).toEqual([361, 361, 722].map((blocks) => BigInt(blocks * 0.41 * RAO)));
    expect(made.rows("stake").length).toBeGreaterThan(12);
  });

  it("take addresses before any row is made, in uid order", () => {
    const addresses = new AddressBook();
    make({}, { addresses });
    expect(addresses.nameOf(0)).toBe("peers/miner-000");
    expect(addresses.nameOf(1)).toBe("peers/owner-00");
    expect(addresses.nameOf(2)).toBe("peers/miner-001");
    expect(addresses.size).toBe(12 + 5);
  });

  it("refuse a pot that cannot be counted", () => {
    expect(() => make({ minerPotRaoPerBlock: 1e14 }).rows("emission")).toThrow(/^TEN-SCENARIO-013: stream peers: /);
  });

  it("follow the declarations of their kinds", () => {
    for (const { description, chunks } of make().streams) {
      for (const { declaration, rows, columns } of chunks) {
        expect(declaration).toBe(STREAMS[description.kind]);
        expect(columns).toHaveLength(declaration.columns.length);
        for (const column of columns) expect(column.length).toBeGreaterThanOrEqual(rows);
      }
    }
    const [stake] = make().rows("stake") as unknown as Record<string, unknown>[];
    expect(stake).toMatchObject({ to_netuid: -1, to_hotkey: "", to_coldkey: "", to_amount_rao: 0 });
  });
});

describe("subnet-year", () => {
  const [stream] = loadScenario("subnet-year").streams;
  if (stream?.source !== "synthetic") throw new Error("subnet-year is synthetic");
  const made = makeSyntheticStreams(stream.options, {
    name: stream.name,
    seed: 1,
    replicate: 0,
    netuid: 1,
    startMs: START,
    endMs: START + 365 * DAY,
    tempoBlocks: stream.tempoBlocks,
    addresses: new AddressBook(),
  });

  it("has 2.05 million events, in chunks that reuse their arrays", () => {
    const rows: Record<string, number> = {};
    for (const { description, chunks } of made) {
      const arrays = new Set<unknown>();
      let count = 0;
      for (const chunk of chunks) {
        expect(chunk.rows).toBeLessThanOrEqual(65_536);
        arrays.add(chunk.columns[0]);
        count += chunk.rows;
      }
      expect(arrays.size).toBe(1);
      rows[description.kind] = count;
    }
    expect(rows).toMatchObject({ registry: 256, emission: 1_868_800 });
    expect(rows.stake).toBeGreaterThan(170_000);
    expect(rows.stake).toBeLessThan(190_000);
  });

  it("empties nearly two million tranches, newest first", () => {
    const walk = function* (kind: string) {
      for (const { rows, columns } of made.find(({ description }) => description.kind === kind)?.chunks ?? [])
        for (let row = 0; row < rows; row++) yield { columns, row };
    };
    const stacks = new Map<number, number[]>();
    const stackOf = (hotkey: number) => {
      const stack = stacks.get(hotkey) ?? [];
      stacks.set(hotkey, stack);
      return stack;
    };
    const pay = walk("emission");
    let next = pay.next();
    let touched = 0;
    let removes = 0;
    for (const { columns, row } of walk("stake")) {
      const at = (column: number) => columns[column]?.[row] as number;
      for (; next.done !== true && (next.value.columns[0]?.[next.value.row] as number) <= at(0); next = pay.next()) {
        const { columns: paid, row: of } = next.value;
        stackOf(paid[3]?.[of] as number).push(paid[7]?.[of] as number);
      }
      const stack = stackOf(at(6));
      if (at(4) === 0) {
        stack.push(at(8));
        continue;
      }
      removes += 1;
      for (let left = at(8); left > 0; touched++) {
        const newest = stack.pop() as number;
        if (newest > left) stack.push(newest - left);
        left -= Math.min(left, newest);
      }
    }
    expect(touched).toBeGreaterThan(1_850_000);
    expect(touched).toBeLessThan(2_100_000);
    expect(touched / removes).toBeGreaterThan(18);
    expect(touched / removes).toBeLessThan(26);
  });
});

describe("demo", () => {
  it("runs through the engine without a rejection, and with multipliers from 1 to the largest", () => {
    const { configuration, streams } = loadScenario("demo");
    const [stream] = streams;
    if (stream?.source !== "synthetic" || configuration.startMs === null || configuration.endMs === null)
      throw new Error("demo is synthetic");
    const { seed, replicate, startMs, endMs } = configuration;
    const addresses = new AddressBook();
    const made = makeSyntheticStreams(stream.options, { ...stream, seed, replicate, startMs, endMs, addresses });
    const walks = made.map(({ chunks }) => chunks[Symbol.iterator]());
    const run = simulate(
      { ...configuration, startMs },
      made.map(({ description }) => description),
      addresses,
    );
    let answer: ColumnBatch | undefined;
    let summary: SimulationSummary | undefined;
    const last = new Map<number, number>();
    while (summary === undefined) {
      const step = run.next(answer);
      answer = undefined;
      if (step.done === true) summary = step.value;
      else if (step.value.kind === "need") {
        const chunk = walks[step.value.stream]?.next();
        answer = chunk?.done === true ? undefined : chunk?.value;
      } else if (step.value.kind === "batch" && step.value.table === "holdings") {
        const { declaration, columns, rows } = step.value.batch;
        const at = (name: string) => columns[declaration.columns.findIndex((column) => column.name === name)];
        for (let row = 0; row < rows; row++) last.set(at("position")?.[row] as number, at("multiplier")?.[row] as number);
      }
    }
    expect(summary.rejections).toEqual({ more_than_held: 0, nothing_held: 0, shortfall: 0 });
    expect(summary).toMatchObject({ positions: 64, epochs: 1800 });
    expect(BigInt(summary.emissionRao)).toBe(BigInt(1800 * 360 * 0.41 * RAO));
    const multipliers = [...last.values()].sort((a, b) => a - b);
    expect(multipliers).toHaveLength(64);
    expect(multipliers[0]).toBeLessThan(1.1);
    expect(multipliers[32]).toBeGreaterThan(1.05);
    expect(multipliers[63]).toBeGreaterThan(1.4);
  });
});
