import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { STAKE_ACTIONS, type StakeAction, type StreamKind } from "../../../engine/index.js";
import { runScenario } from "../../../recorders/run/run.js";
import { RowCheck } from "../../../recorders/streams/row-check.js";
import { parseScenario } from "../../../scenarios/index.js";
import { chunkOf } from "../run/small-run.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { tableOf } from "./any-recorded-run.js";
import { importedTable, written } from "./import-table.js";

const temporaryFolder = useTemporaryFolders();

const START_MS = Date.UTC(2025, 0, 1);
const HOUR_MS = 3_600_000;
const SUBNETS = [7, 8, 9];
const at = (hour: number, event: number) => `${START_MS + hour * HOUR_MS},${1_000 + hour * 300},1,${event}`;

const STAKE = "time_ms,block,extrinsic,event,action,netuid,hotkey,coldkey,amount_rao,to_hotkey,to_coldkey\n";
const REGISTRY = "time_ms,block,extrinsic,event,action,netuid,uid,hotkey,coldkey\n";
const EMISSION = "time_ms,block,netuid,hotkey,coldkey,amount_rao\n";

/** A miner on each of three subnets, who sells a part, swaps both keys on all of them, and sells again. */
function stakeTable(swapped: readonly number[]): string {
  const rows = [
    ...SUBNETS.map((netuid) => `${at(1, netuid)},added,${netuid},h,c,${netuid}000000000,,`),
    ...SUBNETS.map((netuid) => `${at(30, netuid)},removed,${netuid},h,c,${netuid}00000000,,`),
    ...swapped.map((netuid) => `${at(40, 1)},hotkey_swapped,${netuid},h,c,0,g,`),
    ...swapped.map((netuid) => `${at(50, 1)},coldkey_swapped,${netuid},g,c,0,,d`),
    ...SUBNETS.map((netuid) => `${at(60, netuid)},removed,${netuid},g,d,${netuid}00000000,,`),
  ];
  return `${STAKE}${rows.join("\n")}\n`;
}

const registryTable = `${REGISTRY}${SUBNETS.flatMap((netuid) => [
  `${at(0, 10 * netuid)},registered,${netuid},3,h,c`,
  `${at(0, 10 * netuid + 1)},registered,${netuid},4,x,y`,
]).join("\n")}\n`;

function emissionTable(): string {
  const rows = [24, 48, 72].flatMap((hour) =>
    SUBNETS.flatMap((netuid) => {
      const keys = hour < 48 ? "h,c" : hour < 50 ? "g,c" : "g,d";
      const when = `${START_MS + hour * HOUR_MS},${1_000 + hour * 300},${netuid}`;
      return [`${when},${keys},${netuid}00000000`, `${when},x,y,500000000`];
    }),
  );
  return `${EMISSION}${rows.join("\n")}\n`;
}

const SCENARIO = `
name: swaps
subnets: [{ netuid: 7 }, { netuid: 8 }, { netuid: 9 }]
streams: [{ recorded: rec, coverage: subnet }]
emission: redistribute
record: { tables: all, every_epochs: 1 }
`;

/** All that a run records, in an order of its own: on which subnet a swap is booked first, the two forms need not agree. */
async function runOf(swapped: readonly number[]) {
  const dir = await temporaryFolder();
  const out = join(dir, "rec");
  const tables: readonly [StreamKind, string][] = [
    ["stake", stakeTable(swapped)],
    ["registry", registryTable],
    ["emission", emissionTable()],
  ];
  const imports = [];
  for (const [kind, text] of tables) {
    imports.push(await importedTable(await written(dir, `${kind}.csv`, text), kind, { out, into: true, unit: "rao" }));
  }
  await runScenario(parseScenario(SCENARIO, "swaps.yaml"), { out: join(dir, "run"), data: dir, duckdb: false });
  const positions = await tableOf(join(dir, "run"), "positions");
  const names = new Map(positions.map((row) => [row.position, `${row.netuid}/${row.hotkey}/${row.coldkey}`]));
  const read = async (table: Parameters<typeof tableOf>[1]) => {
    const rows = await tableOf(join(dir, "run"), table);
    const named = rows.map((row) => ({
      ...row,
      ...("position" in row ? { position: names.get(row.position) } : {}),
      ...("counterparty" in row ? { counterparty: names.get(row.counterparty) } : {}),
    }));
    return named.map((row) => JSON.stringify(row)).sort();
  };
  return {
    imports,
    positions: await read("positions"),
    rewards: await read("rewards"),
    flows: await read("flows"),
    exits: await read("exits"),
    registrations: await read("registrations"),
    holdings: await read("holdings"),
  };
}

describe("a swap of keys on all subnets (netuid -1)", () => {
  it("runs, and all is as with a row on each subnet", async () => {
    const [all, each] = [await runOf([-1]), await runOf(SUBNETS)];
    expect(all.imports[0].rows.filter((row) => row[5] === -1)).toHaveLength(2);
    expect(all.imports[0].manifest.source.netuids).toEqual(SUBNETS);
    expect(all.imports[0].sums[0]).toMatchObject({ subnets: 3, positions: 6, flows: { between_rao: "0" } });
    expect(all.positions.filter((row) => row.includes('"hotkey":"g","coldkey":"d"'))).toHaveLength(3);
    expect(all.registrations.filter((row) => row.includes('"change":"ownership"'))).toHaveLength(6);
    const { imports: _, ...runAll } = all;
    const { imports: __, ...runEach } = each;
    expect(runAll).toEqual(runEach);
  });

  it.each([
    ["stake", `${STAKE}${at(1, 1)},added,-1,h,c,5,,\n`, "netuid -1, action added", "-1 with hotkey_swapped and coldkey_swapped"],
    ["stake", `${STAKE}${at(1, 1)},moved,-1,h,c,5,g,\n`, "netuid -1, action moved", "-1 with hotkey_swapped and coldkey_swapped"],
    ["stake", `${STAKE}${at(1, 1)},hotkey_swapped,-2,h,c,0,g,\n`, "-2", "-1 to 65535"],
    ["registry", `${REGISTRY}${at(1, 1)},hotkey_swapped,-1,3,h,c\n`, "-1", "0 to 65535"],
    ["emission", `${EMISSION}1,1,-1,h,c,5\n`, "-1", "0 to 65535"],
  ] as const)("is refused elsewhere: %s %s", async (kind, text, found, allowed) => {
    const file = await written(await temporaryFolder(), "t.csv", text);
    expect(await refusalOf(() => importedTable(file, kind, { unit: "rao" }))).toMatchObject({
      code: "TEN-IMPORT-013",
      place: { path: "row 1, netuid" },
      found,
      allowed: expect.stringContaining(allowed),
    });
  });

  it("is refused in a recording, too, but for swaps of keys", async () => {
    const check = new RowCheck("stake", "stake.arrow");
    const row = (action: StakeAction) =>
      chunkOf("stake", [{ time_ms: 1, block: 1, netuid: -1, hotkey: 0, coldkey: 0, amount_rao: 0, action: STAKE_ACTIONS.indexOf(action) }]);
    for (const action of STAKE_ACTIONS) {
      if (action === "hotkey_swapped" || action === "coldkey_swapped") expect(check.check(row(action))).toBeUndefined();
      else
        expect(await refusalOf(async () => check.check(row(action)))).toMatchObject({ code: "TEN-STREAM-012", place: { path: "netuid" } });
    }
  });

  it("says in a registry that each subnet has a row of its own", async () => {
    const file = await written(await temporaryFolder(), "t.csv", `${REGISTRY}${at(1, 1)},hotkey_swapped,-1,3,h,c\n`);
    expect((await refusalOf(() => importedTable(file, "registry"))).hint).toMatch(/elsewhere each subnet has a row of its own/);
  });
});
