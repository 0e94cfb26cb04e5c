import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { STAKE_ACTIONS } from "../../../engine/index.js";
import { importTaostats } from "../../../recorders/importers/index.js";
import { openRecording } from "../../../recorders/streams/index.js";
import { readRows } from "../streams/recordings.js";
import { contentsOf, refusalOf, sharedData, useTemporaryFolders } from "../temporary-folder.js";
import { balance, event, timeOf, transfer, writeTaostats } from "./taostats-input.js";

const temporaryFolder = useTemporaryFolders();

async function imported(balances: readonly object[], events?: readonly object[], options: { netuid?: number } = {}) {
  const folder = await temporaryFolder();
  const input = await writeTaostats(join(folder, "in"), balances, events);
  const report = await importTaostats(input, { out: join(folder, "out"), addresses: "any", ...options });
  return { ...report, recording: await openRecording(join(folder, "out")), folder };
}

const stakeOf = async ({ recording }: Awaited<ReturnType<typeof imported>>) => readRows(recording.streams[0]);
const code = (action: (typeof STAKE_ACTIONS)[number]) => STAKE_ACTIONS.indexOf(action);

describe("importTaostats", () => {
  it("attributes emission by interval and keeps flows after the last balance", async () => {
    const result = await imported(
      [balance(10, "1000"), balance(20, "1500"), balance(30, "1299"), balance(40, "1299"), balance(50, "1000")],
      [event(10, "DELEGATE", "1000"), event(25, "UNDELEGATE", "200"), event(60, "UNDELEGATE", "7")],
    );
    expect(result.manifest.attributed_emission_rao).toBe(500);
    expect(result.manifest.figures).toMatchObject({
      emission_intervals: 1,
      rounding_residuals: 1,
      rounding_rao: 1,
      unexplained_residuals: 1,
      unexplained_rao: 299,
      events_up_to_first_balance: 1,
      events_after_last_balance: 1,
      intervals: 4,
    });
    expect(result.warnings).toHaveLength(1);
    expect(await stakeOf(result)).toEqual([
      [timeOf(10), 10, 10, 47, code("added"), 64, "5Hot", "5Cold", 1000, -1, null, null, 0, 0],
      [timeOf(25), 25, 10, 47, code("removed"), 64, "5Hot", "5Cold", 200, -1, null, null, 0, 0],
      [timeOf(60), 60, 10, 47, code("removed"), 64, "5Hot", "5Cold", 7, -1, null, null, 0, 0],
    ]);
    expect(await readRows(result.recording.streams[1])).toContainEqual([timeOf(30), 30, 64, "5Hot", "5Cold", 1299]);
  });

  it("takes a transfer out as transferred, and one in as added where its sender is not in the input", async () => {
    const result = await imported(
      [balance(10, "0")],
      [event(20, "DELEGATE", "50", transfer("5Sender")), event(30, "UNDELEGATE", "20", transfer("5Receiver"))],
    );
    expect((await stakeOf(result)).map((row) => row.slice(4))).toEqual([
      [code("added"), 64, "5Hot", "5Cold", 50, -1, null, null, 0, 0],
      [code("transferred"), 64, "5Hot", "5Cold", 20, -1, null, "5Receiver", 0, 0],
    ]);
  });

  it("joins both sides of a transfer into one row and still attributes each position by its own side", async () => {
    const result = await imported(
      [balance(10, "100"), balance(10, "0", "5Other"), balance(30, "80"), balance(30, "22", "5Other")],
      [
        event(20, "UNDELEGATE", "20", { ...transfer("5Other"), id: "x-20-5" }),
        event(20, "DELEGATE", "19", { ...transfer("5Cold", "5Other"), id: "x-20-6" }),
      ],
    );
    expect((await stakeOf(result)).map((row) => row.slice(3))).toEqual([
      [5, code("transferred"), 64, "5Hot", "5Cold", 20, -1, null, "5Other", 19, 0],
    ]);
    expect(result.manifest.figures).toMatchObject({ transfers_joined: 1, attributed_emission_rao: 3, unexplained_residuals: 0 });
  });

  it("orders by extrinsic, then event, inside a block", async () => {
    const rows = [
      event(20, "DELEGATE", "1", { id: "x-20-9", extrinsic_id: "20-0003" }),
      event(20, "DELEGATE", "2", { id: "x-20-10", extrinsic_id: "20-0002" }),
      event(20, "DELEGATE", "3", { id: "x-20-8", extrinsic_id: "20-0003" }),
    ];
    expect((await stakeOf(await imported([balance(10, "0")], rows))).map((row) => [row[2], row[3], row[8]])).toEqual([
      [2, 10, 2],
      [3, 8, 3],
      [3, 9, 1],
    ]);
  });

  it("warns where there are no events, and tells an absent file from an empty one", async () => {
    const absent = await imported([balance(10, "5"), balance(20, "8")]);
    expect(absent.recording.streams.map((stream) => stream.kind)).toEqual(["balances"]);
    expect(absent.warnings).toEqual([expect.stringMatching(/no stake_events.json.*invisible, and deposits count as emission/)]);
    const empty = await imported([balance(10, "5"), balance(20, "8")], []);
    expect(empty.recording.streams.map((stream) => [stream.kind, stream.rows])).toEqual([
      ["stake", 0],
      ["balances", 2],
    ]);
    expect(empty.manifest.notes[0]).toMatch(/holds no events.*invisible/);
    expect(empty.manifest.attributed_emission_rao).toBe(3);
  });

  it("names intervals that grew far beyond the others where there are no events", async () => {
    const rows = [balance(10, "1000"), balance(3610, "1005"), balance(7210, "1011"), balance(10810, "1014"), balance(14410, "900000")];
    expect((await imported(rows)).warnings[1]).toMatch(
      /^Position 64\/5Hot\/5Cold grew by 898986 rao from 2025-08-30T12:02:00Z to 2025-08-31T00:02:00Z/,
    );
    expect((await imported(rows, [event(12000, "DELEGATE", "898000")])).warnings).toEqual([]);
  });

  it("takes the subnet asked for", async () => {
    const rows = [balance(10, "5"), balance(10, "7", "5Cold", { netuid: 8 }), balance(20, "9", "5Cold", { netuid: 8 })];
    const { manifest } = await imported(rows, [], { netuid: 8 });
    expect(manifest).toMatchObject({ attributed_emission_rao: 2, source: { netuids: [8] }, streams: { balances: { rows: 2 } } });
  });

  it("makes the same bytes of the same input, wherever it lies", async () => {
    const rows = [balance(10, "1000"), balance(20, "1500")];
    const [first, second] = [await imported(rows, [event(15, "DELEGATE", "1")]), await imported(rows, [event(15, "DELEGATE", "1")])];
    expect(await contentsOf(join(first.folder, "out"))).toEqual(await contentsOf(join(second.folder, "out")));
    expect(await readFile(join(first.folder, "out/manifest.json"), "utf8")).not.toContain(first.folder);
  });

  it("tells how far it is", async () => {
    const folder = await temporaryFolder();
    await writeTaostats(join(folder, "in"), [balance(10, "5")], []);
    const seen: [number, number][] = [];
    await importTaostats(join(folder, "in"), {
      out: join(folder, "out"),
      addresses: "any",
      onProgress: (done, total) => seen.push([done, total]),
    });
    expect(seen.at(-1)?.[0]).toBe(seen.at(-1)?.[1]);
  });
});

describe("importTaostats takes pages:", () => {
  const balances = [balance(10, "1000"), balance(20, "1500"), balance(30, "1300")];
  const events = [event(15, "DELEGATE", "100"), event(25, "UNDELEGATE", "300")];

  /** A folder of files as they are given. */
  async function importedFiles(files: Readonly<Record<string, unknown>>) {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "in"));
    for (const [name, value] of Object.entries(files)) await writeFile(join(folder, "in", name), JSON.stringify(value));
    return importTaostats(join(folder, "in"), { out: join(folder, "out"), addresses: "any" });
  }

  it("a plain list, a list of pages, and files of pages give the same as one page", async () => {
    const whole = await imported(balances, events);
    const pages = (rows: readonly object[]) => rows.map((row) => ({ pagination: { total_items: rows.length }, data: [row] }));
    const forms: Readonly<Record<string, unknown>>[] = [
      { "stake_balance.json": balances, "stake_events.json": events },
      { "stake_balance.json": pages(balances), "stake_events.json": pages(events) },
      {
        "stake_balance_1.json": pages(balances)[2],
        "stake_balance_2.json": pages(balances)[1],
        "stake_balance_10.json": pages(balances)[0],
        "stake_events-page-1.json": events[1] === undefined ? [] : [events[1]],
        "stake_events.page2.json": pages(events)[0],
      },
    ];
    for (const files of forms) {
      const { manifest, warnings } = await importedFiles(files);
      expect([manifest.digest, warnings]).toEqual([whole.manifest.digest, []]);
      expect(manifest.source.inputs.map(({ path }) => path)).toEqual([
        ...Object.keys(files).filter((name) => name.startsWith("stake_balance")),
        ...Object.keys(files).filter((name) => name.startsWith("stake_events")),
      ]);
    }
  });

  it("names the row where it stands, pages that are missing, and files that it did not take for pages", async () => {
    const bad = { ...balance(20, "x") };
    const list = await refusalOf(() => importedFiles({ "stake_balance.json": [balances[0], bad] }));
    expect(list.place?.path).toBe("[1].balance");
    const nested = await refusalOf(() => importedFiles({ "stake_balance.json": [{ data: [] }, { data: [bad] }] }));
    expect(nested.place?.path).toBe("[1].data[0].balance");
    const { warnings } = await importedFiles({
      "stake_balance_1.json": { pagination: { total_items: 5 }, data: [balances[0]] },
      "stake_balance_2.json": { pagination: { total_items: 5 }, data: [balances[1]] },
      "stake_events.json": events,
      "stake_balance (1).json": [],
    });
    expect(warnings.join()).toMatch(/stake_balance_1\.json, stake_balance_2\.json hold 2 of 5 rows/);
    expect(warnings.join()).toMatch(/Not read: stake_balance \(1\)\.json/);
  });

  it("refuses pages that overlap", async () => {
    const files = { "stake_balance_1.json": balances, "stake_balance_2.json": [balances[2]] };
    expect((await refusalOf(() => importedFiles(files))).code).toBe("TEN-IMPORT-008");
  });

  it("joins the forms of one key: its balances are one position's", async () => {
    const alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
    const polkadot = "15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5";
    const hex = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
    const of = (block: number, rao: string, hotkey: string) => ({ ...balance(block, rao), hotkey: { ss58: hotkey } });
    const { manifest, sums, warnings } = await importedFiles({
      "stake_balance.json": [of(10, "5", alice), of(20, "6", polkadot), of(30, "9", hex)],
      "stake_events.json": [],
    });
    expect(manifest).toMatchObject({ attributed_emission_rao: 4, figures: { positions: 1, intervals: 2 } });
    expect(sums.find(({ kind }) => kind === "balances")).toMatchObject({ rows: 3, positions: 1, total_rao: "20" });
    expect(warnings.join()).toMatch(/2 addresses are in hexadecimal or of another network/);
  });
});

describe("importTaostats refuses", () => {
  async function refusal(balances: readonly object[], events: readonly object[] | undefined, options: object = {}) {
    const folder = await temporaryFolder();
    const input = await writeTaostats(join(folder, "in"), balances, events);
    const refused = await refusalOf(() => importTaostats(input, { out: join(folder, "out"), addresses: "any", ...options }));
    expect(await readdir(folder)).toEqual(["in"]);
    return refused;
  }
  const good = [balance(10, "1000")];

  it.each([
    ["-5", "TEN-IMPORT-005"],
    ["1.5", "TEN-IMPORT-005"],
    ["9007199254740992", "TEN-IMPORT-005"],
    ["99999999999999999999999", "TEN-IMPORT-005"],
    ["1e-9", "TEN-IMPORT-005"],
    ["", "TEN-IMPORT-005"],
    ["abc", "TEN-IMPORT-005"],
  ])("a balance of %j", async (text, code) => {
    expect(await refusal([balance(10, text)], [])).toMatchObject({ code, found: text, place: { path: "data[0].balance" } });
  });

  it("wrong types, with their JSON path", async () => {
    expect(await refusal([balance(10, 5 as never)], [])).toMatchObject({
      code: "TEN-IMPORT-004",
      found: 5,
      place: { path: "data[0].balance" },
    });
    expect(await refusal(good, [event(10, "BOTH" as never, "1")])).toMatchObject({
      code: "TEN-IMPORT-004",
      place: { path: "data[0].action" },
    });
    expect(await refusal(good, [event(10, "DELEGATE", "1", { is_transfer: true })])).toMatchObject({
      place: { path: "data[0].transfer_address" },
    });
  });

  it("made-up addresses, with the way out", async () => {
    expect(await refusal(good, [], { addresses: "ss58" })).toMatchObject({
      code: "TEN-IMPORT-006",
      found: "5Hot",
      place: { path: "data[0].hotkey.ss58" },
      hint: expect.stringContaining("--addresses any"),
    });
  });

  it.each(["yesterday", "2025-02-30T00:00:00Z", "2025-13-01T00:00:00Z", "1757030400"])("a time of %j", async (timestamp) => {
    expect(await refusal([balance(10, "1", "5Cold", { timestamp })], [])).toMatchObject({ code: "TEN-IMPORT-007", found: timestamp });
  });

  it("rows that are there twice", async () => {
    expect(await refusal(good, [event(10, "DELEGATE", "1"), event(10, "DELEGATE", "1")])).toMatchObject({
      code: "TEN-IMPORT-008",
      what: "An event is there twice.",
    });
    expect(await refusal([balance(10, "1"), balance(10, "1")], [])).toMatchObject({ what: "A position has two balances at one block." });
  });

  it("rows that are there twice and contradict each other, with what both say", async () => {
    expect(await refusal([balance(10, "1"), balance(10, "2")], [])).toMatchObject({
      code: "TEN-IMPORT-008",
      what: "Two rows contradict each other: a position has two balances at one block.",
      place: { path: "data[1]" },
      found: "block 10: balance 1",
      allowed: "one; data[0] says balance 2",
    });
    expect(await refusal(good, [event(10, "DELEGATE", "1"), event(10, "UNDELEGATE", "2")])).toMatchObject({
      code: "TEN-IMPORT-008",
      what: "Two rows contradict each other: an event is there twice.",
      place: { path: "data[1]" },
      found: "block 10: DELEGATE, alpha 1",
      allowed: "one; data[0] says UNDELEGATE, alpha 2",
    });
  });

  it("ids of another block", async () => {
    expect((await refusal(good, [event(10, "DELEGATE", "1", { extrinsic_id: "11-0001" })])).code).toBe("TEN-IMPORT-009");
    expect((await refusal(good, [event(10, "DELEGATE", "1", { id: "x" })])).code).toBe("TEN-IMPORT-009");
  });

  it("a subnet that is not there", async () => {
    expect(await refusal(good, [], { netuid: 3 })).toMatchObject({ code: "TEN-IMPORT-010", found: 3 });
  });

  it("no balances", async () => {
    expect((await refusal([], [])).code).toBe("TEN-IMPORT-015");
  });

  it("blocks that contradict times", async () => {
    const rows = [balance(10, "1"), { ...balance(20, "2"), timestamp: new Date(timeOf(5)).toISOString() }];
    expect((await refusal(rows, [])).code).toBe("TEN-IMPORT-018");
  });

  it("missing and empty folders", async () => {
    const folder = await temporaryFolder();
    const options = { out: join(folder, "out"), addresses: "any" } as const;
    expect((await refusalOf(() => importTaostats(join(folder, "none"), options))).code).toBe("TEN-IMPORT-001");
    await mkdir(join(folder, "empty"));
    expect(await refusalOf(() => importTaostats(join(folder, "empty"), options))).toMatchObject({
      code: "TEN-IMPORT-002",
      found: "an empty folder",
    });
  });

  it.each([
    ['{\n  "data": [\n    {,}\n  ]\n}', 3, 6],
    ['{"data": [', 1, 11],
    ["", 1, 1],
  ])("what is not JSON: %j", async (text, line, column) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "stake_balance.json"), text);
    const refused = await refusalOf(() => importTaostats(folder, { out: join(folder, "out"), addresses: "any" }));
    expect(refused.code).toBe("TEN-IMPORT-003");
    // Where the parser of this Node says no position, none is given.
    if (refused.place?.line !== undefined) expect([refused.place.line, refused.place.column]).toEqual([line, column]);
  });
});

describe("importTaostats on recorded data", () => {
  const shared = sharedData("taostats");

  it.skipIf(shared === undefined).each([
    ["mining", 270_542_639_501, { rounding_residuals: 0, unexplained_residuals: 0, balances: 670, events: 0 }],
    [
      "contract",
      71_694_495_463,
      { rounding_residuals: 2, rounding_rao: 2, unexplained_residuals: 0, events: 84, events_after_last_balance: 2 },
    ],
  ] as const)("attributes what %s earned", async (name, emission, figures) => {
    const out = join(await temporaryFolder(), "out");
    const { manifest } = await importTaostats(join(shared ?? "", name), { out, addresses: "any" });
    expect(manifest.attributed_emission_rao).toBe(emission);
    expect(manifest.figures).toMatchObject(figures);
    const text = await readFile(join(out, "manifest.json"), "utf8");
    expect(text).toContain(`"attributed_emission_rao": ${emission},`);
    const { streams } = await openRecording(out);
    expect((await readRows(streams[1])).length).toBe(manifest.streams.balances?.rows);
  });

  it.skipIf(shared === undefined)("balances are what is earned and moved, to the rao", async () => {
    const out = join(await temporaryFolder(), "out");
    await importTaostats(join(shared ?? "", "contract"), { out, addresses: "any" });
    const { manifest, streams } = await openRecording(out);
    const balances = await readRows(streams[1]);
    const [first, last] = [balances[0], balances[balances.length - 1]];
    const flows = (await readRows(streams[0])).filter((row) => Number(row[0]) > Number(first[0]) && Number(row[0]) <= Number(last[0]));
    const net = flows.reduce((sum, row) => sum + (row[4] === 0 ? Number(row[8]) : -Number(row[8])), 0);
    const rounding = Number(manifest.figures.rounding_rao);
    expect(Number(last[5]) - Number(first[5])).toBe(net + (manifest.attributed_emission_rao ?? 0) - rounding);
  });
});
