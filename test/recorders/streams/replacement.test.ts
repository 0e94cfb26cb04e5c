import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AddressBook } from "../../../engine/index.js";
import { processTag } from "../../../recorders/process-tag.js";
import { openRecording, writeRecording } from "../../../recorders/streams/index.js";
import { deadTag } from "../dead-tag.js";
import { contentsOf, refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { PRICES, readRows, toBatch, writeRows } from "./recordings.js";

const temporaryFolder = useTemporaryFolders();

describe("writeRecording", () => {
  it("replaces an earlier recording, all of it", async () => {
    const folder = await temporaryFolder();
    const out = join(folder, "out");
    await writeRows(out, { price: PRICES, weights: [] }, { fileRows: 1 });
    await writeRows(out, { price: PRICES.slice(1) });
    expect(await readdir(out)).toEqual(["manifest.json", "price.arrow"]);
    expect(await readRows((await openRecording(out)).streams[0])).toEqual(PRICES.slice(1));
    expect(await readdir(folder)).toEqual(["out"]);
  });

  it("takes an empty folder and makes those above it", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "empty"));
    await writeRows(join(folder, "empty"), { price: PRICES });
    await writeRows(join(folder, "a/b/c"), { price: PRICES });
    expect((await openRecording(join(folder, "a/b/c"))).streams[0].rows).toBe(4);
  });

  it("leaves nothing behind when it fails, and the earlier recording as it was", async () => {
    const folder = await temporaryFolder();
    const out = join(folder, "a/out");
    const fail = () =>
      writeRecording({ out, inputs: [], book: new AddressBook() }, async (recording) => {
        const writer = await recording.stream("price");
        await writer.write(toBatch("price", PRICES, recording.book));
        throw new Error("broken off");
      });
    await expect(fail()).rejects.toThrow("broken off");
    expect(await readdir(folder)).toEqual([]);
    await writeRows(out, { price: PRICES });
    const before = await contentsOf(folder);
    await expect(fail()).rejects.toThrow("broken off");
    expect(await contentsOf(folder)).toEqual(before);
  });

  it("leaves nothing behind when it is aborted", async () => {
    const folder = await temporaryFolder();
    const aborter = new AbortController();
    const options = { out: join(folder, "out"), inputs: [], book: new AddressBook(), signal: aborter.signal };
    const work = writeRecording(options, async (recording) => {
      await (await recording.stream("price")).write(toBatch("price", PRICES, recording.book));
      aborter.abort(new Error("stopped"));
      return {
        source: { importer: "test", inputs: [], options: {}, netuids: [], chain: null },
        coverage: "partial",
        figures: {},
        notes: [],
      };
    });
    await expect(work).rejects.toThrow("stopped");
    expect(await readdir(folder)).toEqual([]);
  });

  it("removes what killed imports to the same folder left, and only that", async () => {
    const folder = await temporaryFolder();
    const out = join(folder, "out");
    const dead = deadTag();
    const alive = processTag();
    const names = [
      `.out.partial-${dead}`,
      `.out.partial-${dead}.earlier`,
      `.out.partial-${alive}`,
      `.other.partial-${dead}`,
      ".out.partial-mine",
    ];
    for (const name of names) await mkdir(join(folder, name, "stake"), { recursive: true });
    await writeRows(out, { price: PRICES });
    // An earlier recording that was moved aside stays while nothing stands in its place.
    expect(await readdir(folder)).toEqual([...names.slice(1), "out"].sort());
    await writeRows(out, { price: PRICES });
    expect(await readdir(folder)).toEqual([...names.slice(2), "out"].sort());
  });

  it("does not replace what it reads", async () => {
    const folder = await temporaryFolder();
    const out = join(folder, "out");
    await writeRows(out, { price: PRICES });
    const describeNothing = () => Promise.reject(new Error("not reached"));
    const refusal = await refusalOf(() =>
      writeRecording({ out, inputs: [join(out, "price.arrow")], book: new AddressBook() }, describeNothing),
    );
    expect(refusal.code).toBe("TEN-STREAM-016");
  });
});
