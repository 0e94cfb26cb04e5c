import { join } from "node:path";
import { it } from "vitest";
import { TenureError } from "../../engine/index.js";
import { checkRecording, recordChain } from "../../recorders/index.js";
import { killAndRunAgain } from "../e2e/kills/killed-commands.js";
import { useChains } from "../recorders/chain/recorded.js";
import { live, NETUID, smallSubnet } from "../recorders/chain/small-subnet.js";
import { useTemporaryFolders } from "../recorders/temporary-folder.js";

const temporaryFolder = useTemporaryFolders();
const { serve } = useChains();

/** `nothing`, or the last block of a recording that adds up. */
async function stateOf(out: string): Promise<string> {
  try {
    const { ok, faults, chain } = await checkRecording(out);
    return ok ? String(chain.to_block) : faults.join();
  } catch (error) {
    if (error instanceof TenureError && ["TEN-STREAM-001", "TEN-STREAM-002"].includes(error.code)) return "nothing";
    throw error;
  }
}

it("a recorder killed at every call that changes the disk goes on to the same bytes", async () => {
  const { url } = await serve(live(smallSubnet("kills-record"), 30));
  const args = [
    "record",
    "--endpoint",
    url,
    "--netuid",
    String(NETUID),
    "--from",
    "1",
    "--to",
    "30",
    "--chunk-blocks",
    "20",
    "--out",
    "out",
    "--quiet",
  ];
  const again = (folder: string) =>
    recordChain({ endpoints: [url], netuids: [NETUID], from: { block: 1 }, to: { block: 30 }, chunkBlocks: 20, out: join(folder, "out") });
  const command = { name: "a recorder", args, again, before: () => Promise.resolve(), stateOf, allowed: ["nothing", "19", "30"] };
  await killAndRunAgain(await temporaryFolder(), command, 1);
});
