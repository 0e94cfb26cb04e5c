import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { useTemporaryFolders } from "../recorders/temporary-folder.js";
import { tuned } from "./tuned.js";

const folder = useTemporaryFolders();
const TIMES = Array.from({ length: 10 }, (_, i) => i + 1);

describe("pure noise", () => {
  const SMALL = `name: noise
time: { start: 2025-01-01, days: 2 }
subnet: { netuid: 7, tempo: 720 }
streams: [{ synthetic: subnet, name: peers, miners: 5, opening_stake_alpha: { from: 10, to: 100 } }]
emission: redistribute
`;

  it.each(TIMES)("gets the verdict that nobody can tell: %i", async (time) => {
    const dir = await folder();
    const scenario = join(dir, "noise.yaml");
    await writeFile(scenario, SMALL);
    // Which seed is the best one: a question without an answer.
    const seeds = Array.from({ length: 12 }, (_, i) => 1_000 * time + i).join();
    // One thing wanted, and two.
    const objectives = time % 2 === 0 ? ["--objective", "gini_before=min"] : [];
    const { code, report } = await tuned(
      scenario,
      ...["--vary", `seed=${seeds}`, ...objectives, "--replicates", "2", "--held-out", "6", "--out", join(dir, "out")],
    );
    expect(code).toBe(0);
    expect(report.trials).toHaveLength(12);
    const [{ judgement, compromise }] = report.trust.judgements;
    for (const { verdict } of [...judgement.objectives, ...(compromise?.objectives ?? [])]) expect(verdict).toBe("cannot_tell");
    expect(report.findings.map(({ kind }) => kind)).toContain("cannot_tell");
  });

  it("of a hash of what happened gets it, too, over two parameters that matter otherwise", async () => {
    const dir = await folder();
    await writeFile(
      join(dir, "hash.ts"),
      `export default ({ objective }) => objective({ name: "hash", meaning: "A number that depends on everything, and on nothing.", better: "max",
        parameters: {}, tables: [],
        measure: (_, { figures }) => {
          let hash = 7;
          for (const one of JSON.stringify(figures)) hash = (hash * 31 + one.charCodeAt(0)) % 2147483647;
          return hash / 2147483647;
        } });`,
    );
    await writeFile(join(dir, "noise.yaml"), SMALL);
    await writeFile(
      join(dir, "study.yaml"),
      `study: hash
scenario: ./noise.yaml
vary:
  vesting.retention_target: { from: 0.5, to: 0.9, points: 4 }
  vesting.max_multiplier: [1.2, 1.5, 2, 3]
objectives: [{ use: ./hash.ts }]
replicates: 2
held_out: 6
`,
    );
    const { report } = await tuned(join(dir, "study.yaml"), "--out", join(dir, "out"));
    expect(report.trust.judgements[0].judgement.objectives[0].verdict).toBe("cannot_tell");
  });
});
