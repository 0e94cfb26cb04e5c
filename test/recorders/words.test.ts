import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { TenureError } from "../../engine/index.js";
import { processTag, removeLeftOvers } from "../../recorders/folder/process-tag.js";
import { importTaostats } from "../../recorders/importers/index.js";
import { RunDirectory } from "../../recorders/results/run-directory.js";
import { allowedBy, foundAt } from "../../recorders/shape-words.js";
import { openRecording } from "../../recorders/streams/index.js";
import { deadTag } from "./dead-tag.js";
import { refusalOf, useTemporaryFolders } from "./temporary-folder.js";

const temporaryFolder = useTemporaryFolders();

describe("messages", () => {
  it("say what a schema wants in words", () => {
    const wanted = (schema: z.ZodType, value: unknown) => {
      const { error } = schema.safeParse(value);
      return error === undefined ? "" : allowedBy(error.issues[0]);
    };
    expect(wanted(z.string(), 1)).toBe("text");
    expect(wanted(z.number().int(), 1.5)).toBe("a whole number");
    expect(wanted(z.number().min(2), 1)).toBe("at least 2");
    expect(wanted(z.array(z.string()), "a")).toBe("a list");
    expect(wanted(z.object({}), [])).toBe("a mapping");
    expect(wanted(z.enum(["a", "b"]), "c")).toBe("one of a, b");
    expect(wanted(z.literal("a"), "c")).toBe('"a"');
    expect(wanted(z.union([z.string(), z.number()]), null)).toBe("text, or a number");
    expect(foundAt({ a: [1, null, {}] }, ["a"])).toBe("a list");
    expect(foundAt({ a: [1, null, {}] }, ["a", 1])).toBe("null");
    expect(foundAt({ a: [1, null, {}] }, ["a", 2])).toBe("a mapping");
    expect(foundAt(null, ["a", 2])).toBeUndefined();
  });

  it("hold no words of the system or of a library", async () => {
    const folder = await temporaryFolder();
    const out = join(folder, "out");
    await writeFile(join(folder, "file.txt"), "");
    await mkdir(join(folder, "other"));
    await writeFile(join(folder, "other", "manifest.json"), '{ "status": "complete", "format": "1" }');
    await mkdir(join(folder, "taostats"));
    await writeFile(join(folder, "taostats", "stake_balance.json"), '{ "data": [{ "block_number": "x" }] }');
    const refusals = [
      await refusalOf(() => RunDirectory.check(join(folder, "file.txt", "sub"), { scenario: "x" })),
      await refusalOf(() => RunDirectory.check(join(folder, "file.txt"), { scenario: "x" })),
      await refusalOf(() => RunDirectory.check(join(folder, "other"), { scenario: "x" })),
      await refusalOf(() => openRecording(join(folder, "none"))),
      await refusalOf(() => importTaostats(join(folder, "none"), { out, addresses: "any" })),
      await refusalOf(() => importTaostats(join(folder, "taostats"), { out, addresses: "any" })),
      await refusalOf(() => importTaostats(join(folder, "file.txt"), { out, addresses: "any" })),
    ];
    expect(refusals.map(({ code }) => code)).toEqual([
      "TEN-RESULT-007",
      "TEN-RESULT-007",
      "TEN-RESULT-007",
      "TEN-STREAM-001",
      "TEN-IMPORT-001",
      "TEN-IMPORT-004",
      "TEN-IMPORT-001",
    ]);
    for (const { message } of refusals) expect(message).not.toMatch(/Invalid |expected |received|undefined|\bE[A-Z]{4,}\b/);
    expect(refusals[0].what).toContain("a file stands in its way");
    expect(refusals[2].found).toBe('a manifest.json with format "1" instead of 1');
    expect(refusals[3].found).toBe("no such file or folder");
  });

  it("count rows from 1 and name times as people do", () => {
    const place = { stream: "stake", row: 0, block: 7, timeMs: 1_704_153_600_000 };
    expect(new TenureError({ code: "TEN-TEST-001", what: "No.", place }).message).toBe(
      "TEN-TEST-001: stream stake, row 1, block 7, 2024-01-02T00:00:00Z: No.",
    );
  });
});

describe("removeLeftOvers", () => {
  it("removes what dead processes of this machine left", async () => {
    const folder = await temporaryFolder();
    const foreign = deadTag().replace(/-[0-9a-f]{8}-/, "-00000000-");
    for (const tag of [deadTag(), processTag(), foreign, "abc"]) await mkdir(join(folder, `tenure-verify-${tag}`));
    await removeLeftOvers(folder, "tenure-verify-");
    expect(await readdir(folder)).toHaveLength(3);
    await removeLeftOvers(join(folder, "none"), "tenure-verify-");
  });
});
