import { describe, expect, test } from "vitest";
import { checkRecording } from "../../../recorders/index.js";
import { cases } from "../../cases.js";
import { everyShapeHistory, localHistory, type TestChain } from "../../chain/index.js";
import { balanceDifferences, stakeDifferences } from "./against-truth.js";
import { randomChain, SUBNETS } from "./random-chain.js";
import { type Recorded, useChains } from "./recorded.js";
import { priceDifferences, registryDifferences } from "./rows-against-chain.js";

const { recordAll } = useChains();

/** All that a recording says other than the chain. */
async function differences(chain: TestChain, recorded: Recorded): Promise<string[]> {
  const { faults } = await checkRecording(recorded.folder);
  return [
    ...faults,
    ...stakeDifferences(chain, recorded),
    ...balanceDifferences(chain, recorded),
    ...priceDifferences(chain, recorded),
    ...registryDifferences(chain, recorded),
  ];
}

describe("what was put on the chain comes out of its recording, to the rao", () => {
  test("with everything that there is, through all runtimes that name subnets", async () => {
    const chain = everyShapeHistory();
    const recorded = await recordAll(chain, { netuids: [30, 19, 7], from: { block: 61 }, priceEveryBlocks: 1, chunkBlocks: 100 });
    expect(await differences(chain, recorded)).toEqual([]);
    expect(recorded.manifest.chain?.spec_versions).toEqual([240, 260, 273, 346, 393, 424]);
    const causes = [
      "event",
      "stake_moved",
      "hotkey_swapped",
      "coldkey_swapped",
      "network_removed",
      "root_claimed",
      "liquidity",
      "alpha_fee",
    ];
    const found = new Set(recorded.stake.map(({ cause }) => cause));
    expect(causes.filter((cause) => !found.has(cause))).toEqual(["stake_moved", "hotkey_swapped", "coldkey_swapped"]);
  });

  test("from a runtime whose events name no subnet on: its flows are found at the edges", async () => {
    const { folder } = await recordAll(everyShapeHistory(), { netuids: [30, 19, 7], chunkBlocks: 300 });
    expect(await checkRecording(folder)).toMatchObject({ ok: true, faults: [] });
  });

  test("on a subnet as they are", async () => {
    const chain = localHistory({ blocks: 900, miners: 9, validators: 2, nominatorsPerValidator: 3 });
    const recorded = await recordAll(chain, { chunkBlocks: 300 });
    expect(await differences(chain, recorded)).toEqual([]);
    expect(recorded.emission.length).toBeGreaterThan(30);
  });

  const AT_RANDOM: readonly (readonly [specs: number[], seed: number])[] = [
    [[210, 240, 260, 273, 346, 393, 424], 6],
    [[218, 300, 401, 410], 7],
    [[210, 240, 260], 1],
    [[218, 273, 346], 2],
    [[300, 346, 393], 3],
    [[401, 410, 424], 4],
    [[424], 5],
  ];
  // Every spec is in the first two.
  test.each(AT_RANDOM.slice(0, cases(2, AT_RANDOM.length)))("at random, at specs %j", async (specs, seed) => {
    const chain = randomChain({ seed, blocks: 100, specs });
    const recorded = await recordAll(chain, { netuids: SUBNETS, from: { block: 3 } });
    expect(await differences(chain, recorded)).toEqual([]);
    expect(recorded.stake.length).toBeGreaterThan(50);
  });

  test("of single subnets, as far as they are recorded", async () => {
    const chain = randomChain({ seed: 12, blocks: 60, specs: [346, 424] });
    for (const netuids of [[30], [0]]) {
      const recorded = await recordAll(chain, { netuids, from: { block: 3 } });
      expect(await differences(chain, recorded)).toEqual([]);
      expect(new Set(recorded.stake.map(({ netuid }) => netuid))).toEqual(new Set(netuids));
    }
  });
});
