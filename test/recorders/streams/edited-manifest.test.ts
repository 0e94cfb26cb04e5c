import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openRecording, type RecordingManifest, recordingDigest } from "../../../recorders/streams/index.js";
import { useChains } from "../chain/recorded.js";
import { live, NETUID, smallSubnet } from "../chain/small-subnet.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { PRICES, writeRows } from "./recordings.js";

const temporaryFolder = useTemporaryFolders();

type Sealed = RecordingManifest & { seal?: string };

async function edit(folder: string, change: (manifest: Sealed) => void): Promise<void> {
  const path = join(folder, "manifest.json");
  const manifest = JSON.parse(await readFile(path, "utf8")) as Sealed;
  change(manifest);
  await writeFile(path, JSON.stringify(manifest));
}

describe("a manifest that was changed after it was written", () => {
  it.each<[string, (manifest: Sealed) => void]>([
    ["a note", ({ notes }) => notes.push("all is well")],
    ["the coverage", (manifest) => Object.assign(manifest, { coverage: "subnet" })],
    ["a block of a file", ({ streams }) => Object.assign(streams.price?.files[0] ?? {}, { to_block: 31 })],
    ["the seal", (manifest) => Object.assign(manifest, { seal: "0".repeat(64) })],
  ])("in %s is refused", async (_, change) => {
    const out = join(await temporaryFolder(), "out");
    await writeRows(out, { price: PRICES });
    await edit(out, change);
    expect(await refusalOf(() => openRecording(out))).toMatchObject({ code: "TEN-STREAM-042", place: { path: "seal" } });
    // Nor is it replaced: it may be somebody's work.
    expect((await refusalOf(() => writeRows(out, { price: PRICES }))).code).toBe("TEN-STREAM-016");
  });

  it("is read when only its spaces were changed, and without a seal, as those of earlier versions", async () => {
    const out = join(await temporaryFolder(), "out");
    await writeRows(out, { price: PRICES });
    await edit(out, () => undefined);
    expect((await openRecording(out)).streams[0].rows).toBe(PRICES.length);
    await edit(out, (manifest) => delete manifest.seal);
    expect((await openRecording(out)).streams[0].rows).toBe(PRICES.length);
  });

  it("gives the first block of a file that its rows begin with", async () => {
    const out = join(await temporaryFolder(), "out");
    await writeRows(out, { price: PRICES });
    await edit(out, (manifest) => {
      delete manifest.seal;
      Object.assign(manifest.streams.price?.files[0] ?? {}, { from_block: 5 });
    });
    const { streams } = await openRecording(out);
    const read = async () => {
      const { AddressBook } = await import("../../../engine/index.js");
      for await (const chunk of streams[0].openChunks(new AddressBook())) expect(chunk.rows).toBeGreaterThan(0);
    };
    expect(await refusalOf(read)).toMatchObject({ code: "TEN-STREAM-014", place: { path: "from_block" } });
  });
});

describe("the blocks of a recording of a chain", () => {
  const { serve, newFolder, record } = useChains();

  it("agree with its chunks and files, for a run and for going on with it, with a seal or without", async () => {
    const { url } = await serve(live(smallSubnet("edited-manifest"), 120));
    const out = await newFolder();
    const options = { endpoints: [url], netuids: [NETUID], chunkBlocks: 40, out };
    await record(options);
    const text = await readFile(join(out, "manifest.json"), "utf8");
    type Change = readonly [string, (chain: NonNullable<RecordingManifest["chain"]>, manifest: Sealed) => void];
    const changes: readonly Change[] = [
      ["chain.to_block", (chain) => (chain.to_block += 10)],
      ["chain.to_block", (chain) => (chain.to_block -= 1)],
      ["chain.chunks.0.from_block", (chain) => (chain.from_block += 1)],
      ["chain.chunks.0.to_block", (chain) => (chain.chunks[0].to_block -= 1)],
      ["chain.chunks.1.from_block", (chain) => chain.chunks.splice(1, 1)],
      ["chain.spec_versions", (chain) => chain.spec_versions.push(999)],
      ["chain.to_block", (chain) => chain.chunks.splice(2)],
      ["streams.balances.files.0.to_block", (_, { streams }) => Object.assign(streams.balances?.files[0] ?? {}, { to_block: 41 })],
    ];
    for (const isSealed of [true, false]) {
      for (const [path, change] of changes) {
        await writeFile(join(out, "manifest.json"), text);
        await edit(out, (manifest) => {
          if (!isSealed) delete manifest.seal;
          change(manifest.chain as NonNullable<RecordingManifest["chain"]>, manifest);
          manifest.digest = recordingDigest(manifest.streams);
        });
        for (const use of [() => openRecording(out), () => record(options)]) {
          expect(await refusalOf(use)).toMatchObject({ code: "TEN-STREAM-041", place: { path } });
        }
      }
    }
    await writeFile(join(out, "manifest.json"), text);
    expect((await record(options)).blocks).toBe(0);
  });
});
