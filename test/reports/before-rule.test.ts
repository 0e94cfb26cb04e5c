import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runInProcess } from "../cli/run-in-process.js";
import { DAY, type MemoryStream, pay, START, stake } from "../engine/in-memory.js";
import { recordStreams } from "../recorders/importers/any-recorded-run.js";
import { useFolders } from "../recorders/results/sample-batches.js";

const folder = useFolders();
const ALPHA = 1_000_000_000;

/**
 * Both are paid 1,000 alpha. Then a sells half of it, and is paid 500 where b is paid 900: under linear_retention with a target
 * of 0.9 its multiplier is 5 / 9, so that without the rule both would have 900, and 700 of this pot.
 */
const PAID: readonly MemoryStream[] = [
  {
    kind: "emission",
    rows: [
      ...["a", "b"].map((miner) => pay(START + DAY, miner, 1_000 * ALPHA)),
      pay(START + 3 * DAY, "a", 500 * ALPHA),
      pay(START + 3 * DAY, "b", 900 * ALPHA),
    ],
  },
  { kind: "stake", rows: [stake(START + 2 * DAY, "removed", "a", 500 * ALPHA)] },
];
const WEIGHTS: MemoryStream = {
  kind: "weights",
  rows: ["a", "b"].map((miner) => ({ time_ms: START + DAY, netuid: 1, hotkey: miner, coldkey: `${miner}-owner`, weight: 3 })),
};
const RECORDED_RULE = "{ rule: linear_retention, retention_target: 0.9 }";

async function commands(streams: readonly MemoryStream[], emission: string) {
  const dir = await folder();
  await recordStreams(join(dir, "data", "rec"), streams);
  const scenario = `name: undone\nsubnet: { netuid: 1 }\nstreams: [{ recorded: rec }]\nemission: ${emission}\nvesting: { max_multiplier: 1 }\nrecord: { tables: all }\n`;
  await writeFile(join(dir, "undone.yaml"), scenario);
  const tenure = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await runInProcess(args);
    expect([code, err]).toEqual([0, ""]);
    return out;
  };
  const run = join(dir, "run");
  const text = await tenure("run", join(dir, "undone.yaml"), "--data", join(dir, "data"), "--out", run);
  const json = JSON.parse(await tenure("run", join(dir, "undone.yaml"), "--data", join(dir, "data"), "--out", run, "--json"));
  const show = (...more: string[]) => tenure("show", run, ...more);
  return { text, json, show };
}

describe("what a run is measured from", () => {
  it("is the pay with the recorded rule undone, while gains and losses are against what the recording paid", async () => {
    const { text, json, show } = await commands(PAID, `{ mode: redistribute, recorded_rule: ${RECORDED_RULE} }`);
    // Of 1,700 alpha each, Gini and what is moved are 0; of the recorded 1,500 and 1,900 they are not.
    expect(json).toMatchObject({
      before_rule: "recorded_rule_undone",
      change_against: "recording",
      metrics: { pot_moved: 0, subnets: [{ gini_before: 0, gini_after: 0 }] },
    });
    expect(json.gained.map((one: { hotkey: string; change_rao: string }) => [one.hotkey, String(one.change_rao)])).toEqual([
      ["a", String(200 * ALPHA)],
    ]);
    expect(text).toMatch(/pot moved +0\.00 % of what miners share, in 2 epochs, from the pay with the recorded rule undone\n/);
    expect(text).toMatch(/Gini of pay +0\.0000 with the recorded rule undone, 0\.0000 under this rule\n/);
    expect(text).toMatch(/gained most +a +\+200\.0000 alpha against what the recording paid under its own rule\n/);
    expect(text).toMatch(/lost most +b -200\.0000 alpha against what the recording paid under its own rule\n/);
    expect(text).not.toContain("before the rule");

    const note = "what the recording paid under its own rule (emission.recorded_rule)";
    expect(await show()).toContain(`vs recorded and change: against ${note}, not against pay with that rule undone.`);
    expect(await show("--epoch", "last")).toContain(
      `change of share: against the share with the recorded rule undone; vs recorded: against ${note}.`,
    );
    // In the first epoch nobody was paid otherwise: a column that is not there is not explained.
    const first = await show("--epoch", "1");
    expect(first).toContain("change of share: against the share with the recorded rule undone.");
    expect(first).not.toContain("vs recorded");
    const miner = await show("--hotkey", "a");
    expect(miner).toMatch(/base_weight +900000000000 +recorded pay \/ its multiplier under emission\.recorded_rule, relative/);
    expect(miner).toMatch(/change of share +0\.00 %/);
    expect(miner).toContain("+200.0000 against 1,500.0000 recorded under the recorded rule");
    expect(JSON.parse(await show("--json"))).toMatchObject([{ before_rule: "recorded_rule_undone" }]);
    expect(JSON.parse(await show("--hotkey", "a", "--json"))).toMatchObject({ rules: { before_rule: "recorded_rule_undone" } });
  });

  it("is the recording where it states no rule", async () => {
    const { text, json, show } = await commands(PAID, "redistribute");
    // |1,500 - 1,900| / (2 * 3,400), which no multiplier of 1 changes.
    expect(json).toMatchObject({ before_rule: "recorded", change_against: "recording" });
    expect(json.metrics.subnets[0].gini_before).toBeCloseTo(400 / 6_800, 12);
    expect(text).toMatch(/Gini of pay +0\.0588 before the rule, 0\.0588 under it\n/);
    expect(await show()).not.toContain("against");
    expect(await show("--hotkey", "a")).toContain("before the multiplier, relative");
  });

  it("is a weights stream where one gives the base weights, whatever the recorded rule", async () => {
    for (const emission of ["redistribute", `{ mode: redistribute, recorded_rule: ${RECORDED_RULE} }`]) {
      const { text, json, show } = await commands([...PAID, WEIGHTS], emission);
      expect(json).toMatchObject({ before_rule: "weights", metrics: { subnets: [{ gini_before: 0 }] } });
      expect(text).toMatch(/Gini of pay +0\.0000 by the weights stream, 0\.0000 under the rule\n/);
      expect(text).toMatch(/pot moved .*, from the shares of the weights stream\n/);
      expect(await show("--epoch", "last")).toContain("change of share: against the share by the weights stream.");
      expect(await show("--hotkey", "a")).toContain("of the weights stream, before the multiplier, relative");
    }
  });
});
