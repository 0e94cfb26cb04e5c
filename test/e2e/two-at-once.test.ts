import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { useTemporaryFolders } from "../recorders/temporary-folder.js";
import { IMPORT_STAKE, writeSmallSubnet } from "./small-subnet.js";
import { startTenure, tenure } from "./tenure.js";
import { runTwoAtOnce } from "./two-at-once.js";

const temporaryFolder = useTemporaryFolders();

it("two runs into one folder: never a lost result, never another error", async () => {
  const folder = await temporaryFolder();
  for (let round = 0; round < 3; round++) await runTwoAtOnce(folder, "out");
  expect((await tenure(["verify", "out", "--quiet"], folder)).code).toBe(0);
});

it("imports into one folder at the same time: the same of recordings", async () => {
  const folder = await temporaryFolder();
  await writeSmallSubnet(folder);
  const ended = await Promise.all([1, 2, 3].map(() => startTenure([...IMPORT_STAKE, "--json"], folder).ended));
  const failed = ended.filter(({ code }) => code !== 0);
  expect(failed.length).toBeLessThan(3);
  for (const { code, stderr } of failed) expect([code, JSON.parse(stderr).error.code]).toEqual([2, "TEN-STREAM-040"]);
  expect((await readdir(join(folder, "recordings", "stake"))).sort()).toEqual(["manifest.json", "stake.arrow"]);
});
