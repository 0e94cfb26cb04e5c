import { describe, expect, it } from "vitest";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { type ImportedOptions, importedTable, written } from "./import-table.js";

const temporaryFolder = useTemporaryFolders();
const TEXT = "time_ms,netuid,hotkey,coldkey,amount_rao,kind\n1,30,h,c,5,miner\n";

async function refused(options: ImportedOptions) {
  const file = await written(await temporaryFolder(), "t.csv", TEXT);
  return refusalOf(() => importedTable(file, "emission", options));
}

const COLUMNS = "time_ms, block, netuid, hotkey, coldkey, uid, role, amount_rao";
const FIELDS = "time_ms, netuid, hotkey, coldkey, amount_rao, kind";
const ROLES = "miner, validator, owner";

describe("a name that nothing has is refused with those that there are, and the nearest:", () => {
  it.each<[string, ImportedOptions, object]>([
    [
      "a column",
      { map: { x: "kind" } },
      { found: "x", allowed: COLUMNS, hint: expect.stringMatching(/^Name columns of the stream before/) },
    ],
    ["a column that is near", { map: { rolle: "kind" } }, { found: "rolle", allowed: COLUMNS, hint: 'Did you mean "role"?' }],
    ["a part of one", { map: { amount: "kind" } }, { found: "amount", allowed: COLUMNS, hint: 'Did you mean "amount_rao"?' }],
    ["a field", { map: { role: "nothing" } }, { found: "nothing", allowed: FIELDS, hint: expect.stringMatching(/^Names of fields/) }],
    ["a field that is near", { map: { role: "kinds" } }, { found: "kinds", allowed: FIELDS, hint: 'Did you mean "kind"?' }],
    [
      "both the wrong way round",
      { map: { kind: "role" } },
      { found: "kind", allowed: COLUMNS, hint: "The column of the stream comes first: --map 'role=kind'" },
    ],
  ])("%s", async (_, options, said) => {
    expect(await refused(options)).toMatchObject({ code: "TEN-IMPORT-011", ...said });
  });

  it.each<[string, ImportedOptions, object]>([
    [
      "in --value, which no row has",
      { map: { role: "kind" }, values: { role: { nobody: "nope" } } },
      { place: { path: "--value role:nobody=nope" }, found: "nope", hint: expect.stringContaining("'--value role:nobody=miner'") },
    ],
    [
      "in --value, near one",
      { map: { role: "kind" }, values: { role: { miner: "validater" } } },
      { place: { path: "--value role:miner=validater" }, found: "validater", hint: 'Did you mean "validator"?' },
    ],
    [
      "in --const",
      { constants: { role: "miners" } },
      { place: { path: "--const role=miners" }, found: "miners", hint: 'Did you mean "miner"?' },
    ],
  ])("a choice %s", async (_, options, said) => {
    expect(await refused(options)).toMatchObject({ code: "TEN-IMPORT-013", what: "There is no such role.", allowed: ROLES, ...said });
  });
});
