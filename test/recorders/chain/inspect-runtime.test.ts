import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inspectRuntime } from "../../../recorders/index.js";
import { runtimeOf } from "../../chain/index.js";
import { refusalOf, sharedData, useTemporaryFolders } from "../temporary-folder.js";
import { REAL_SPECS, realMetadata } from "./real-metadata.js";

const temporaryFolder = useTemporaryFolders();

async function fileOf(content: string | Uint8Array): Promise<string> {
  const file = join(await temporaryFolder(), "metadata");
  await writeFile(file, content);
  return file;
}

const bytesOf = (hex: string) => Buffer.from(hex.slice(2), "hex");

describe("a file with a runtime's metadata", () => {
  const hex = runtimeOf(424).metadata;
  test.each<[string, string | Uint8Array]>([
    ["hexadecimal text", hex],
    ["without 0x, in lines", `${hex.slice(2).replace(/(.{64})/g, "$1\n")}\n`],
    ["a node's answer", JSON.stringify({ jsonrpc: "2.0", id: 1, result: hex })],
    ["a JSON string", JSON.stringify(hex)],
    ["bytes", bytesOf(hex)],
  ])("is read as %s", async (_, content) => {
    const { can_be_recorded, faults, shares, parts, metadata_version } = await inspectRuntime(await fileOf(content));
    expect([can_be_recorded, faults, metadata_version]).toEqual([true, [], 14]);
    expect(shares).toEqual({ Alpha: "fixed_64", AlphaV2: "decimal", TotalHotkeyShares: "fixed_64", TotalHotkeySharesV2: "decimal" });
    expect(parts).toContainEqual({
      kind: "event",
      name: "SubtensorModule.StakeRemoved",
      state: "known",
      needed: true,
      form: "(AccountId32, AccountId32, u64, u64, u16, u64)",
      allowed: expect.stringContaining("(AccountId32, AccountId32, u64, u64, u16, u64)"),
    });
    expect(parts).toContainEqual(expect.objectContaining({ name: "Swap.AlphaSqrtPrice", state: "absent", form: null, needed: false }));
    expect(parts).toContainEqual(
      expect.objectContaining({ name: "SubtensorModule.Owner", form: "keyed by Blake2_128Concat", state: "known" }),
    );
  });

  test.each<[string, string]>([
    ["nothing", ""],
    ["other text", "hello"],
    ["an odd number of digits", "0x6d65746"],
    ["other bytes", "0x0011223344"],
    ["metadata that is cut off", hex.slice(0, 5_000)],
    ["an answer without a result", JSON.stringify({ error: { code: 1 } })],
    ["JSON that is cut off", '{"result": "0x6d65'],
  ])("that holds %s is refused", async (_, content) => {
    const file = await fileOf(content);
    expect(await refusalOf(() => inspectRuntime(file))).toMatchObject({ code: "TEN-CHAIN-042", place: { file } });
  });

  test("that is a folder is refused", async () => {
    const file = await temporaryFolder();
    expect(await refusalOf(() => inspectRuntime(file))).toMatchObject({ code: "TEN-CHAIN-042", found: "a folder" });
  });
});

describe("a runtime that cannot be recorded", () => {
  test("says which event has another form", async () => {
    const { can_be_recorded, faults, parts } = await inspectRuntime(await fileOf(runtimeOf(999).metadata));
    expect(can_be_recorded).toBe(false);
    expect(faults).toEqual(
      ["StakeAdded", "StakeRemoved"].map((name) =>
        expect.stringMatching(
          new RegExp(`^The event SubtensorModule\\.${name} has an unknown form: \\(AccountId32, .*Option\\) instead of `),
        ),
      ),
    );
    expect(parts.filter(({ state }) => state === "unknown")).toHaveLength(2);
  });

  test("says which storage is missing", async () => {
    // The same length, so that the metadata is whole but for the name.
    const [name, other] = ["TotalHotkeyAlpha", "TotalHotkeyAlphb"].map((text) => Buffer.from(text).toString("hex"));
    const { can_be_recorded, faults } = await inspectRuntime(await fileOf(runtimeOf(346).metadata.replace(name, other)));
    expect([can_be_recorded, faults]).toEqual([false, ["The storage SubtensorModule.TotalHotkeyAlpha is missing."]]);
  });
});

describe.skipIf(realMetadata(REAL_SPECS[0]) === undefined)("metadata of the real chain", () => {
  test.each(REAL_SPECS)("of spec %i can be recorded, and says who it is", async (spec) => {
    const file = join(sharedData("chain") as string, `metadata-${spec}.hex`);
    const inspection = await inspectRuntime(file);
    expect(inspection).toMatchObject({ file, spec_name: "node-subtensor", spec_version: spec, can_be_recorded: true, faults: [] });
    expect(inspection.parts.filter(({ state }) => state === "unknown")).toEqual([]);
    expect(inspection.shares.Alpha).toBe(spec === 218 ? "integer" : "fixed_64");
    const cut = inspection.parts.find(({ name }) => name === "SubtensorModule.PendingOwnerCut");
    expect(cut?.state).toBe(spec === 218 ? "absent" : "known");
  });
});
