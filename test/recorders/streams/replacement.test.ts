import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { AddressBook } from "../../../engine/index.js";
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
    const out = join(await temporaryFolder(), "out");
    const dead = deadTag();
    await mkdir(join(out, ".lock"), { recursive: true });
    await writeFile(join(out, ".lock", dead), "");
    await mkdir(join(out, ".partial", "stake"), { recursive: true });
    for (const file of ["price.arrow.partial", "stake/000001.arrow", "manifest.json"]) await writeFile(join(out, ".partial", file), "half");
    await writeRows(out, { price: PRICES });
    expect(await readdir(out)).toEqual(["manifest.json", "price.arrow"]);
  });

  it.each(["notes.txt", ".partial/notes.txt", ".partial/stake/notes.txt", ".finished/notes.txt", "stake/mine.arrow"])(
    "does not write where a stranger's %s is",
    async (file) => {
      for (const earlier of [true, false]) {
        const out = join(await temporaryFolder(), "out");
        if (earlier) await writeRows(out, { price: PRICES });
        await mkdir(dirname(join(out, file)), { recursive: true });
        await writeFile(join(out, file), "mine");
        const before = await contentsOf(out);
        const refusal = await refusalOf(() => writeRows(out, { price: PRICES }));
        expect(refusal.code).toBe("TEN-STREAM-016");
        expect(refusal.found).toContain(earlier || file.startsWith(".") ? file.split("/")[0] : "");
        expect(await contentsOf(out)).toEqual(before);
      }
    },
  );

  it("is one at a time in a folder", async () => {
    const out = join(await temporaryFolder(), "out");
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => writeRows(out, { price: PRICES })));
    const refused = tries.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
    expect(refused).toEqual(Array(7).fill("TEN-STREAM-040"));
    expect(await readRows((await openRecording(out)).streams[0])).toEqual(PRICES);
    expect(await readdir(out)).toEqual(["manifest.json", "price.arrow"]);
  });

  it("has a folder with a name", async () => {
    expect((await refusalOf(() => writeRows("", { price: PRICES }))).code).toBe("TEN-STREAM-043");
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
