import { basename, dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { activityCutoffBlocks } from "../../../recorders/chain/storage/read-validator-weights.js";
import { checkRecording } from "../../../recorders/index.js";
import { runToSummary } from "../../../recorders/run/run.js";
import { parseScenario } from "../../../scenarios/index.js";
import { cases } from "../../cases.js";
import { type Account, account, type BlockBuilder, ss58, type TestChain } from "../../chain/index.js";
import { contentsOf, refusalOf } from "../temporary-folder.js";
import { isEpoch } from "./chain-truth.js";
import { readRecorded, useChains } from "./recorded.js";
import { ALPHA, live, NETUID, smallSubnet, VALIDATOR } from "./small-subnet.js";

const { serve, record, newFolder } = useChains();

const OWNER = account("weights-owner");
const SECOND = account("weights-second");
const [M1, M2, M3] = ["weights-m1", "weights-m2", "weights-m3"].map(account);
const LAST = 92;

type Set = readonly (readonly [uid: number, weight: number])[];
/** What validators set, by block: the first one on uid 0, the second on uid 1. */
const SETS: Readonly<Record<number, readonly [uid: number, set: Set]>> = {
  5: [
    0,
    [
      [2, 40_000],
      [3, 65_535],
    ],
  ],
  6: [
    1,
    [
      [2, 65_535],
      [9, 100],
    ],
  ],
  30: [
    0,
    [
      [2, 65_535],
      [3, 1],
      [1, 7],
    ],
  ],
  85: [
    0,
    [
      [1, 9],
      [2, 65_535],
    ],
  ],
};
/** The second validator has no dividends, and no permit, from the epochs after this block on; and M3 its uid from a later one. */
const UNPAID = 40;
const REPLACED = 64;

function rated(spec = 346, cutoff: number | null = null): TestChain {
  const own = (b: BlockBuilder, hotkey: Account, uid?: number) =>
    b.extrinsic(OWNER, (x) => (uid === undefined ? x.register(NETUID, hotkey, OWNER) : x.register(NETUID, hotkey, OWNER, uid)));
  const sets = Object.entries(SETS).map(([block, [uid, set]]) => [
    block,
    (b: BlockBuilder) => b.extrinsic(OWNER, (x) => x.weightsSet(NETUID, uid, set)),
  ]);
  return live(
    smallSubnet("weights", spec),
    LAST,
    {
      ...(Object.fromEntries(sets) as Record<number, (b: BlockBuilder) => void>),
      2: (b) => {
        if (cutoff !== null) b.activityCutoff(NETUID, cutoff);
        for (const hotkey of [SECOND, M1, M2]) own(b, hotkey);
        b.extrinsic(OWNER, (x) => x.stakeAdded(OWNER, SECOND, NETUID, 80n * ALPHA));
      },
      [REPLACED]: (b) => own(b, M3, 1),
    },
    (block) =>
      block < 3
        ? []
        : [
            ...(block <= UNPAID ? [{ kind: "dividends" as const, hk: SECOND, alpha: 3n * ALPHA }] : []),
            { kind: "incentive" as const, hk: M1, alpha: 4n * ALPHA },
            { kind: "incentive" as const, hk: M2, alpha: 2n * ALPHA },
          ],
  );
}

/** By block of an epoch what a chain takes for the weights of permitted validators, as `validator>hotkey weight`; by the plan above, and no storage. */
function expectedAt(epochs: readonly number[], epoch: number): readonly string[] {
  const before = epochs.filter((block) => block < epoch && block > 2).at(-1);
  // Permits are given by the epoch before.
  if (before === undefined) return [];
  const last = (uid: number) =>
    Object.entries(SETS)
      .filter(([block, [of]]) => of === uid && Number(block) < epoch)
      .at(-1);
  const seats = [VALIDATOR, epoch > REPLACED ? M3 : SECOND, M1, M2];
  return [0, ...(before <= UNPAID && epoch <= REPLACED ? [1] : [])].flatMap((uid) => {
    const [block, [, set]] = last(uid) ?? ["", [uid, [] as Set]];
    return set
      .filter(([to]) => to < seats.length && !(to === 1 && epoch > REPLACED && Number(block) <= REPLACED))
      .map(([to, weight]) => `${ss58(seats[uid])}>${ss58(seats[to])} ${weight}`);
  });
}

describe("weights of validators, recorded", () => {
  test.each([233, 424])("are what the chain computes each epoch by, with spec %i, whatever the chunks", async (spec) => {
    const chain = rated(spec);
    const { url } = await serve(chain);
    const epochs = Array.from({ length: LAST }, (_, i) => i + 1).filter((block) => isEpoch(chain, NETUID, block));
    const ends = new Map(epochs.map((block) => [block, 0]));
    for (const chunkBlocks of [1_000, cases(7, 1)]) {
      const { folder } = await record({ endpoints: [url], netuids: [NETUID], validatorWeights: true, chunkBlocks });
      const { validator_weights: rows, epoch_marks: marks } = await readRecorded(folder);
      for (const { block, time_ms: endMs } of marks) {
        // The latest set of each validator before the epoch's end, as a run takes it.
        const latest = new Map<string, number>();
        for (const row of rows) if (row.time_ms < endMs) latest.set(row.validator, row.time_ms);
        const counted = rows.filter((row) => latest.get(row.validator) === row.time_ms && row.stake_rao === 0);
        expect([block, counted.map((row) => `${row.validator}>${row.hotkey} ${row.weight}`)]).toEqual([block, expectedAt(epochs, block)]);
        ends.set(block, counted.length);
      }
      expect((await checkRecording(folder)).ok).toBe(true);
    }
    // The plan has epochs before any permit, with both, with one, and with one who rates a newcomer only once it is there.
    expect([...new Set(ends.values())].sort()).toEqual([0, 2, 3, 4]);
  });

  test("count with next to no stake where their validator has set nothing for longer than the cutoff", async () => {
    const cutoff = 20;
    const chain = rated(346, cutoff);
    const { url } = await serve(chain);
    const { folder } = await record({ endpoints: [url], netuids: [NETUID], validatorWeights: true });
    const { validator_weights: rows } = await readRecorded(folder);
    const epochs = Array.from({ length: LAST }, (_, i) => i + 1).filter((block) => isEpoch(chain, NETUID, block));
    const stakes = (block: number) => [
      ...new Set(
        rows
          .filter((row) => row.block === block - 1 && row.validator === ss58(VALIDATOR) && row.hotkey !== row.validator)
          .map(({ stake_rao }) => stake_rao),
      ),
    ];
    const wanted = (epoch: number) => {
      const last = Math.max(
        0,
        ...Object.entries(SETS).flatMap(([block, [uid]]) => (uid === 0 && Number(block) < epoch ? [Number(block)] : [])),
      );
      return last + cutoff < epoch ? [1] : [0];
    };
    // Permits are given by the first epoch after the start.
    const rated0 = epochs.filter((epoch) => epoch > 20);
    expect(rated0.map(stakes)).toEqual(rated0.map(wanted));
    expect(new Set(rated0.map((epoch) => wanted(epoch)[0]))).toEqual(new Set([0, 1]));
  });

  test("the cutoff is in blocks, or, of later runtimes, in thousandths of the tempo, as the chain has it where nothing is stated", () => {
    expect(activityCutoffBlocks(null, 360n, false)).toBe(5_000n);
    expect(activityCutoffBlocks(7n, 360n, false)).toBe(7n);
    expect(activityCutoffBlocks(null, 360n, true)).toBe(5_000n);
    expect(activityCutoffBlocks(1_500n, 99n, true)).toBe(148n);
    expect(activityCutoffBlocks(1n, 360n, true)).toBe(1n);
  });

  test("are the same bytes after an interruption, and another recording where they were not asked for", async () => {
    const { url } = await serve(rated());
    const options = { endpoints: [url], netuids: [NETUID], validatorWeights: true, chunkBlocks: 20 } as const;
    const whole = await contentsOf((await record(options)).folder);
    const out = await newFolder();
    for (const stop of [33, 61, 75]) {
      const aborting = new AbortController();
      await record({
        ...options,
        out,
        signal: aborting.signal,
        onProgress: ({ stage, block }) => {
          if (stage === "recording" && block === stop) aborting.abort();
        },
      });
    }
    expect((await refusalOf(() => record({ ...options, out, validatorWeights: false }))).code).toBe("TEN-CHAIN-030");
    await record({ ...options, out });
    expect(await contentsOf(out)).toEqual(whole);
    const without = await readRecorded((await record({ ...options, validatorWeights: false })).folder);
    expect(without.manifest.streams.validator_weights).toBeUndefined();
    expect(without.manifest.chain).not.toHaveProperty("validator_weights");
  });

  test.each(["yuma", "chain_yuma"])("make the base weights of a run by %s", async (from) => {
    const { url } = await serve(rated());
    const { folder } = await record({ endpoints: [url], netuids: [NETUID], validatorWeights: true });
    const text = (weights: string) =>
      parseScenario(
        `name: rated\nsubnet: { netuid: ${NETUID} }\nstreams: [{ recorded: ${basename(folder)} }]\n${weights}emission: redistribute\nvesting: { max_multiplier: 1 }\n`,
        "rated.yaml",
      );
    const paid = async (weights: string) => {
      const { metrics } = await runToSummary(text(weights), { data: dirname(folder) });
      return metrics?.subnets[0].giniBefore ?? Number.NaN;
    };
    // Recorded pay is 2 to 1; the validators give M1 more and more, and M2 less.
    expect(await paid(`weights: { from: ${from} }\n`)).toBeGreaterThan((await paid("")) + 0.05);
  });
});
