import { describe, expect, it } from "vitest";
import { columnsByName, RESULT_TABLES } from "../../../engine/index.js";
import { runToSummary } from "../../../recorders/index.js";
import { comparePaidKeys, paidKeyText } from "../../../reports/guard/baseline/paid-line.js";
import { guardedScenario, TOTALS_TABLES } from "../../../reports/guard/measure/guarded-scenario.js";
import { measureRun } from "../../../reports/guard/measure/measured-run.js";
import { parseScenario } from "../../../scenarios/index.js";
import { SMALL_SCENARIOS } from "../../digests/small-scenarios.js";
import { MADE } from "./guarded.js";

const small = (name: string) => {
  const { scenario = {} } = SMALL_SCENARIOS.find((one) => one.name === name) ?? {};
  return parseScenario(JSON.stringify(scenario), `${name}.yaml`);
};
const staged = parseScenario(
  JSON.stringify({
    ...MADE,
    name: "staged",
    stages: [{ gate: { at_least: 20 } }, { burn: { share: 0.2 } }, { residual: "treasury" }],
    record: { tables: ["rewards"], every_epochs: 7 },
  }),
  "staged.yaml",
);

describe.each([
  { name: "made-redistribute", scenario: small("made-redistribute") },
  { name: "made-few-tables", scenario: small("made-few-tables") },
  { name: "made-outside", scenario: small("made-outside") },
  { name: "made-schedules", scenario: small("made-schedules") },
  { name: "index-multipliers", scenario: small("index-multipliers") },
  { name: "index-beside-miners", scenario: small("index-beside-miners") },
  { name: "staged", scenario: staged },
])("totals of $name", ({ scenario }) => {
  it("hold every rao of every epoch, on its day, and nothing twice", async () => {
    const { totals } = await measureRun(scenario);
    // Once more from the tables, in another way: by subnet and day, and by position.
    const pots = new Map<string, bigint>();
    const paid = new Map<string, bigint>();
    await runToSummary(guardedScenario(scenario, TOTALS_TABLES), {
      sink: {
        append: (table, { rows, columns }) => {
          if (table === "epochs") {
            const { netuid, endMs, recordedRao, paidRao, unallocatedRao, outsideRao } = columnsByName(RESULT_TABLES.epochs, columns);
            for (let row = 0; row < rows; row++) {
              const key = `${netuid[row]} ${new Date(endMs[row] - 1).toISOString().slice(0, 10)}`;
              // Who is outside is paid of what no row says.
              const rao = outsideRao[row] > 0 ? paidRao[row] + unallocatedRao[row] + outsideRao[row] : recordedRao[row];
              pots.set(key, (pots.get(key) ?? 0n) + BigInt(rao));
            }
          }
          if (table === "positions") {
            const { netuid, hotkey, coldkey, paidRao } = columnsByName(RESULT_TABLES.positions, columns);
            for (let row = 0; row < rows; row++) {
              const key = paidKeyText({ netuid: netuid[row], kind: "position", hotkey: hotkey[row], coldkey: coldkey[row] });
              if (BigInt(paidRao[row]) > 0n) paid.set(key, BigInt(paidRao[row]));
            }
          }
        },
      },
    });
    const summed = new Map<string, bigint>();
    for (const { netuid, byDay } of totals.lines) {
      for (const [at, day] of totals.days.entries()) {
        if (byDay[at] > 0n) summed.set(`${netuid} ${day}`, (summed.get(`${netuid} ${day}`) ?? 0n) + byDay[at]);
      }
    }
    expect(summed).toEqual(new Map([...pots].filter(([, rao]) => rao > 0n)));
    const positions = totals.lines.filter(({ kind, paidRao }) => kind === "position" && paidRao > 0n);
    expect(new Map(positions.map((line) => [paidKeyText(line), line.paidRao]))).toEqual(paid);
    expect([...totals.lines].sort(comparePaidKeys)).toEqual(totals.lines);
    expect(new Set(totals.lines.map(paidKeyText)).size).toBe(totals.lines.length);
  });
});

it("what a scenario records changes nothing of its totals", async () => {
  const [few, all] = [small("made-few-tables"), small("made-redistribute")];
  expect((await measureRun(few)).totals).toEqual((await measureRun(all)).totals);
});
