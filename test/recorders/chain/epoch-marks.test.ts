import { readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { runToSummary } from "../../../recorders/run/run.js";
import { recordingDigest } from "../../../recorders/streams/recording-manifest.js";
import { parseScenario } from "../../../scenarios/index.js";
import { type BlockBuilder, ss58, type TestChain } from "../../chain/index.js";
import { isEpoch } from "./chain-truth.js";
import { randomChain } from "./random-chain.js";
import { readRecorded, useChains } from "./recorded.js";
import { live, NETUID, smallSubnet, VALIDATOR } from "./small-subnet.js";

const { serve, record } = useChains();

/** Of the blocks up to the last one, those in which an epoch of a subnet ended. */
function epochsOf(chain: TestChain, netuid: number, from = 1): number[] {
  return Array.from({ length: chain.best - from + 1 }, (_, i) => from + i).filter((block) => isEpoch(chain, netuid, block));
}

/** A subnet that pays, then nobody in three epochs, then pays again. */
function pausing(): TestChain {
  const chain = live(smallSubnet("marks"), 20);
  while (chain.best < 55) chain.block((b: BlockBuilder) => void (b.epochDue(NETUID) && b.epoch(NETUID, [])));
  return live(chain, 80);
}

describe("epoch marks of a recording", () => {
  test("are the blocks in which the chain ended epochs, whatever the chunks", async () => {
    const chain = randomChain({ seed: 12, blocks: 70, specs: [346, 424] });
    const { url } = await serve(chain);
    const recorded = await readRecorded((await record({ endpoints: [url], netuids: [19, 30], chunkBlocks: 17 })).folder);
    const expected = [19, 30].flatMap((netuid) => epochsOf(chain, netuid).map((block) => ({ block, netuid })));
    expect(recorded.epoch_marks.map(({ block, netuid }) => ({ block, netuid }))).toEqual(
      expected.sort((a, b) => a.block - b.block || a.netuid - b.netuid),
    );
    const timeOf = new Map(recorded.emission.map(({ block, time_ms }) => [block, time_ms]));
    for (const { block, time_ms } of recorded.epoch_marks) expect(time_ms).toBe(timeOf.get(block) ?? time_ms);
  });

  test("make an epoch of one that paid nobody", async () => {
    const chain = pausing();
    const { url } = await serve(chain);
    const { folder } = await record({ endpoints: [url], netuids: [NETUID] });
    const { epoch_marks: marks, emission } = await readRecorded(folder);
    const paid = new Set(emission.map(({ block }) => block));
    expect(marks.map(({ block }) => block)).toEqual(epochsOf(chain, NETUID));
    expect(marks.filter(({ block }) => !paid.has(block))).toHaveLength(3);
    const scenario = parseScenario(
      `name: marks\nsubnet: { netuid: ${NETUID} }\nstreams: [{ recorded: ${basename(folder)} }]\n`,
      "marks.yaml",
    );
    expect(await runToSummary(scenario, { data: dirname(folder) })).toMatchObject({ epochs: marks.length, unallocatedRao: "0" });
  });

  test("are left out where a recording goes on that was begun without", async () => {
    const chain = live(smallSubnet("marks"), 40);
    const { url } = await serve(chain);
    const { folder: out } = await record({ endpoints: [url], netuids: [NETUID], to: { block: 20 }, chunkBlocks: 10 });
    const file = join(out, "manifest.json");
    const { seal: _, streams, ...rest } = JSON.parse(await readFile(file, "utf8"));
    const { epoch_marks: __, ...others } = streams;
    await writeFile(file, JSON.stringify({ ...rest, streams: others, digest: recordingDigest(others) }));
    await rm(join(out, "epoch_marks"), { recursive: true });
    await record({ endpoints: [url], netuids: [NETUID], chunkBlocks: 10, out });
    const recorded = await readRecorded(out);
    expect(recorded.manifest.chain?.to_block).toBe(40);
    expect(recorded.manifest.streams.epoch_marks).toBeUndefined();
    expect(recorded.emission.some(({ block, hotkey }) => block > 20 && hotkey === ss58(VALIDATOR))).toBe(true);
  });
});
