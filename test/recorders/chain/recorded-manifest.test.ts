import { describe, expect, test } from "vitest";
import { STAKE_CAUSES } from "../../../engine/index.js";
import { account, everyShapeHistory, TestChain } from "../../chain/index.js";
import { isEpoch } from "./chain-truth.js";
import { randomChain } from "./random-chain.js";
import { type Recorded, type StakeRow, useChains } from "./recorded.js";
import { live, NETUID, smallSubnet } from "./small-subnet.js";

const { recordAll } = useChains();

/** Blocks 7, 20 and 30 come late. */
class PausedChain extends TestChain {
  override timeMs(number: number): number {
    const late = [
      [7, 60_001],
      [20, 3_600_000],
      [30, 60_000],
    ].filter(([block]) => number >= block);
    return super.timeMs(number) + late.reduce((sum, [, ms]) => sum + ms - 12_000, 0);
  }
}

type Chunk = NonNullable<Recorded["manifest"]["chain"]>["chunks"][number];

function chunksOf({ manifest }: Recorded): readonly Chunk[] {
  return manifest.chain?.chunks ?? [];
}

/** Rows of the recording that fall into a chunk. */
function rowsOf<Row extends { readonly block: number }>(rows: readonly Row[], { from_block, to_block }: Chunk): Row[] {
  return rows.filter(({ block }) => block >= from_block && block <= to_block);
}

/** Rows, sum and worst of a cause, as a manifest says them. */
function residual(rows: readonly StakeRow[], cause: string): object {
  const amounts = rows.filter((row) => row.cause === cause).map(({ amount_rao }) => amount_rao);
  const rao = amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);
  return { rows: amounts.length, rao: String(rao), worst_rao: Math.max(0, ...amounts) };
}

describe("the manifest of a recording", () => {
  test("says of each chunk what its rows hold", async () => {
    const chain = randomChain({ seed: 4, blocks: 85, specs: [346, 424] });
    const recorded = await recordAll(chain, { netuids: [19, 30], from: { block: 5 }, chunkBlocks: 25 });
    const chunks = chunksOf(recorded);
    expect(chunks.map(({ from_block, to_block }) => [from_block, to_block])).toEqual([
      [5, 24],
      [25, 49],
      [50, 74],
      [75, 85],
    ]);
    for (const chunk of chunks) {
      expect(chunk.to_hash).toBe(chain.hash(chunk.to_block));
      expect(chunk.epochs).toBe(epochsOf(chain, [19, 30], chunk));
      const stakes = rowsOf(recorded.stake, chunk);
      for (const cause of ["rounding", "unexplained"] as const) expect(chunk.residuals[cause]).toEqual(residual(stakes, cause));
      expect(chunk.quarantined).toEqual(quarantined(stakes));
    }
    const { figures } = recorded.manifest;
    expect(figures).toMatchObject({
      blocks: 81,
      chunks: 4,
      gaps: 0,
      epochs: chunks.reduce((sum, { epochs }) => sum + epochs, 0),
      rounding_rows: recorded.stake.filter(({ cause }) => cause === "rounding").length,
      unexplained_rows: recorded.stake.filter(({ cause }) => cause === "unexplained").length,
      worst_pay_difference_rao: Math.max(...chunks.map(({ residuals }) => residuals.pay_check.worst_rao)),
    });
    expect(recorded.manifest.source).toMatchObject({ netuids: [19, 30], chain: "Bittensor" });
    expect(recorded.manifest.coverage).toBe("subnet");
  });

  test("names the runtimes with the blocks they made, also where each block has another one", async () => {
    const every = await recordAll(everyShapeHistory(), { chunkBlocks: 150 });
    expect(chunksOf(every).map(({ spec_versions }) => spec_versions.map((one) => [one.spec_version, one.from_block]))).toEqual([
      [
        [210, 1],
        [240, 61],
        [260, 121],
      ],
      [
        [260, 150],
        [273, 171],
        [346, 221],
        [393, 281],
      ],
      [
        [393, 300],
        [424, 341],
      ],
    ]);
    expect(every.manifest.chain?.spec_versions).toEqual([210, 240, 260, 273, 346, 393, 424]);
    const chain = smallSubnet("each-block", 346);
    for (const spec of [357, 372, 393, 401, 424]) chain.block((b) => b.upgrade(spec));
    const recorded = await recordAll(live(chain, 12), { netuids: [NETUID] });
    expect(chunksOf(recorded)[0].spec_versions.map((one) => [one.spec_version, one.from_block])).toEqual([
      [346, 1],
      [357, 3],
      [372, 4],
      [393, 5],
      [401, 6],
      [424, 7],
    ]);
  });

  test("tells where the chain stood still, also between chunks", async () => {
    const chain = new PausedChain({ genesisMs: 1_700_000_000_000, firstSpec: 346, tempo: 11, seedName: "paused" });
    chain.block((b) => b.network(NETUID, { owner: account("paused-owner"), ownerHotkey: account("paused-owner-hotkey") }));
    while (chain.best < 40) chain.block();
    const recorded = await recordAll(chain, { netuids: [NETUID], chunkBlocks: 20 });
    expect(chunksOf(recorded).flatMap(({ gaps }) => gaps)).toEqual([
      { after_block: 6, ms: 60_001 },
      { after_block: 19, ms: 3_600_000 },
    ]);
    expect(recorded.manifest.figures).toMatchObject({ gaps: 2 });
    expect(recorded.manifest.notes.join()).toContain("stood still for over a minute 2 times, first after block 6");
  });

  test("has the pay of miners checked against what the chain says of each", async () => {
    const chain = randomChain({ seed: 4, blocks: 60, specs: [346] });
    const [chunk] = chunksOf(await recordAll(chain, { netuids: [30], chunkBlocks: 100 }));
    expect(chunk.residuals.pay_check).toMatchObject({ worst_rao: 0, worst_block: null, worst_uid: null });
    expect(chunk.residuals.pay_check.miners).toBeGreaterThan(0);
  });
});

function epochsOf(chain: TestChain, netuids: readonly number[], { from_block, to_block }: Chunk): number {
  const blocks = Array.from({ length: to_block - from_block + 1 }, (_, index) => from_block + index);
  return netuids.reduce((count, netuid) => count + blocks.filter((block) => isEpoch(chain, netuid, block)).length, 0);
}

/** Measured changes by subnet and cause, as a manifest says them. */
function quarantined(rows: readonly StakeRow[]): object[] {
  const measured = rows.filter(({ cause }) => cause !== "event" && cause !== "rounding");
  const sum = (some: readonly StakeRow[]) => String(some.reduce((total, { amount_rao }) => total + BigInt(amount_rao), 0n));
  return [19, 30].flatMap((netuid) =>
    STAKE_CAUSES.flatMap((cause) => {
      const own = measured.filter((row) => row.netuid === netuid && row.cause === cause);
      if (own.length === 0) return [];
      const [inflows, outflows] = [own.filter(({ action }) => action === "added"), own.filter(({ action }) => action !== "added")];
      const blocks = [...new Set(own.map(({ block }) => block))];
      return [{ netuid, cause, rows: own.length, inflow_rao: sum(inflows), outflow_rao: sum(outflows), blocks }];
    }),
  );
}
