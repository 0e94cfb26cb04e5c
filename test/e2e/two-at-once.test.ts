import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openRecording } from "../../recorders/streams/index.js";
import { useTemporaryFolders } from "../recorders/temporary-folder.js";
import { IMPORT_EMISSION, IMPORT_STAKE, writeSmallSubnet } from "./small-subnet.js";
import { startTenure, tenure } from "./tenure.js";
import { runTwoAtOnce } from "./two-at-once.js";

const temporaryFolder = useTemporaryFolders();

it("two runs into one folder: never a lost result, never another error", async () => {
  const folder = await temporaryFolder();
  for (let round = 0; round < 2; round++) await runTwoAtOnce(folder, "out");
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

it("imports of two kinds into one recording at the same time: what ended well is there, whole", async () => {
  const folder = await temporaryFolder();
  await writeSmallSubnet(folder);
  for (let round = 0; round < 2; round++) {
    const out = `both-${round}`;
    const into = (args: readonly string[]) => [...args.slice(0, -2), "--into", out, "--json"];
    const ended = await Promise.all([IMPORT_EMISSION, IMPORT_STAKE].map((args) => startTenure(into(args), folder).ended));
    expect(ended.some(({ code }) => code === 0)).toBe(true);
    const kinds = ["emission", "stake"].filter((_, at) => ended[at]?.code === 0);
    for (const { code, stderr } of ended) {
      if (code !== 0) expect([code, JSON.parse(stderr).error.code]).toEqual([2, "TEN-STREAM-040"]);
    }
    const { streams } = await openRecording(join(folder, out));
    expect(streams.map(({ kind }) => kind).sort()).toEqual(kinds);
    expect((await readdir(join(folder, out))).sort()).toEqual([...kinds.map((kind) => `${kind}.arrow`), "manifest.json"].sort());
  }
});
