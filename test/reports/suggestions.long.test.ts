import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runInProcess } from "../cli/run-in-process.js";
import { DAY, type MemoryStream, pay, type Row, stake } from "../engine/in-memory.js";
import { recordStreams } from "../recorders/importers/any-recorded-run.js";
import { useFolders } from "../recorders/results/sample-batches.js";

const folder = useFolders();
const ALPHA = 1_000_000_000;
const FIRST = Date.UTC(2025, 11, 1);

/** Positions that are paid every six hours; the first one sells. */
function recorded(netuid: number, names: readonly string[], role = "miner"): MemoryStream[] {
  const on = (row: Row): Row => ({ ...row, netuid });
  const times = Array.from({ length: 40 }, (_, i) => FIRST + ((i + 1) * DAY) / 4);
  return [
    { kind: "emission", rows: times.flatMap((timeMs) => names.map((name) => on(pay(timeMs, name, ALPHA, { role })))) },
    { kind: "stake", rows: [on(stake(FIRST + 3.1 * DAY, "removed", names[0], 3 * ALPHA))] },
  ];
}

/** A shipped scenario, made small where it is long, and what must be among what its end suggests. */
const SHIPPED: readonly [string, readonly string[], readonly string[]][] = [
  ["demo", ["time.days=5"], ["the miners, best paid first", "why the lowest multiplier is what it is"]],
  ["subnet-year", ["time.days=3"], ["the miners, best paid first", "why the lowest multiplier is what it is"]],
  ["tao20-crash", ["time.days=1"], ["participants by rank, validators by standing", "from its volume to its pay"]],
  ["recorded-contract", [], ["the positions, best paid first", "its tranches, and what was taken from them"]],
  ["recorded-miner", [], ["the miners, best paid first", "why its multiplier is what it is"]],
  ["recorded-peers", ["time.start=2025-12-01T00:00:00Z", "time.end=2025-12-12T00:00:00Z"], ["the miners, best paid first"]],
  ["recorded-subnet", [], ["the miners, best paid first", "why the lowest multiplier is what it is"]],
];

/** What the answer to a suggested command must hold, by what it is said to show. */
const ANSWERS: readonly [RegExp, RegExp][] = [
  [/^the miners, best paid first$/, /^Subnet \d+: whole run, .* \d+ miners?\n/],
  [/^the positions, best paid first$/, /^Subnet \d+: whole run, .* \d+ positions?\n/],
  [/^participants by rank, validators by standing$/, /^Index subnet \d+: .* participants, \d+ validators\n/],
  [/^why (its|the lowest) multiplier is what it is$/, /Multiplier (would be )?1\.\d{4}[\s\S]*Rule geometric/],
  [/^its tranches, and what was taken from them$/, /\nTranches [\s\S]*\nExits\n.*\n.* withdraw /],
  [/^from its volume to its pay$/, /From volume to score/],
  [/^what it handed in, and lost$/, /It was slashed (once|twice|\d+ times)/],
  [/^questions that SQL answers, ready-made$/, /^query +of +answers\n[\s\S]*^pay-by-day +run +What was paid on each day/m],
  [/^run again and compare every byte$/, /Confirmed/],
];

describe("what the end of a run suggests", () => {
  it.each(SHIPPED)("is true of %s", async (name, sets, expected) => {
    const dir = await folder();
    const data = join(dir, "data");
    await recordStreams(join(data, "contract"), recorded(64, ["held"], "validator"));
    await recordStreams(join(data, "mining"), recorded(64, ["mined"]));
    await recordStreams(join(data, "subnet-30"), recorded(30, ["a", "b", "c"]));
    const out = join(dir, "run");
    const ended = await runInProcess(["run", name, "--data", data, "--out", out, ...sets.flatMap((set) => ["--set", set])]);
    expect(ended).toMatchObject({ code: 0, err: "" });
    const suggested = ended.out
      .slice(ended.out.indexOf("Try next:\n"))
      .split("\n")
      .flatMap((line) => /^ {2}(\S.*?) {2,}(\S.*)$/.exec(line)?.slice(1) ?? []);
    const pairs = suggested.flatMap((command, i) => (i % 2 === 0 ? [[command, suggested[i + 1]] as const] : []));
    for (const what of [...expected, "run again and compare every byte"]) expect(pairs.map(([, said]) => said)).toContain(what);
    for (const [command, what] of pairs) {
      const answer = await runInProcess(command.replace("npx tenure ", "").split(" "));
      expect(answer, command).toMatchObject({ code: 0, err: "" });
      const proof = ANSWERS.find(([said]) => said.test(what))?.[1];
      expect(answer.out, command).toMatch(proof ?? /^no proof is known of what this says$/);
    }
  });
});
