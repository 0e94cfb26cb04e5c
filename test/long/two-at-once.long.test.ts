import { expect, it } from "vitest";
import { tenure } from "../e2e/tenure.js";
import { runTwoAtOnce } from "../e2e/two-at-once.js";
import { useTemporaryFolders } from "../recorders/temporary-folder.js";

const temporaryFolder = useTemporaryFolders();
const PAIRS = 100;

it("a hundred pairs of runs into one folder each: never a lost result, never another error", async () => {
  const folder = await temporaryFolder();
  for (let pair = 0; pair < PAIRS; pair++) {
    // One half into new folders, one half over the finished run of the pair before.
    await runTwoAtOnce(folder, pair % 2 === 0 ? `new-${pair}` : "again");
  }
  expect((await tenure(["verify", "again", "--quiet"], folder)).code).toBe(0);
});
