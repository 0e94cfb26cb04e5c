import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readRunManifest } from "../../recorders/results/manifest.js";
import { readRecordingManifest } from "../../recorders/streams/index.js";
import { useFolders } from "./results/sample-batches.js";

const folder = useFolders();

async function holding(manifest: object): Promise<string> {
  const dir = await folder();
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, "manifest.json"), JSON.stringify(manifest));
  return dir;
}

it("a recording is named where a run is asked for, and a run where a recording is", async () => {
  const recording = await holding({ format: "tenure-recording", version: 1 });
  await expect(readRunManifest(recording)).rejects.toMatchObject({
    code: "TEN-RESULT-005",
    what: "This is a recording, not a run folder.",
    hint: expect.stringContaining("tenure record check"),
  });
  const run = await holding({ format: 1, status: "complete", scenario: { name: "demo" } });
  await expect(readRecordingManifest(run)).rejects.toMatchObject({
    code: "TEN-STREAM-003",
    what: "This is a run folder, not a recording.",
    hint: expect.stringContaining("tenure verify"),
  });
});

it("a run of another format names the command that makes it anew", async () => {
  const hintOf = async (name: unknown) => {
    const dir = await holding({ format: 2, status: "complete", scenario: { name } });
    const { hint } = await readRunManifest(dir).then(
      () => expect.fail("it was read"),
      (error) => error,
    );
    return hint.replace(dir, "DIR");
  };
  expect(await hintOf("demo")).toContain("`tenure run demo --out DIR-again`");
  expect(await hintOf("my own")).toContain('`tenure run <scenario> --out DIR-again` (the file of the scenario "my own")');
  expect(await hintOf(7)).toMatch(/`tenure run <scenario> --out DIR-again`\.$/);
});

it("a run that was not finished, or changed, does so with its own folder", async () => {
  const tool = { name: "tenure", version: "0" };
  const stopped = await holding({ format: 1, status: "incomplete", tool, scenario: { name: "demo" }, reason: "killed" });
  await expect(readRunManifest(stopped)).rejects.toMatchObject({ hint: expect.stringContaining(`\`tenure run demo --out ${stopped}\``) });
});

it("what is neither stays damaged", async () => {
  const other = await holding({ format: "something" });
  await expect(readRunManifest(other)).rejects.toMatchObject({ what: "The manifest cannot be read." });
  await expect(readRecordingManifest(other)).rejects.toMatchObject({ what: "The manifest of the recording is damaged." });
});
