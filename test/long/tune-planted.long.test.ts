import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { useTemporaryFolders } from "../recorders/temporary-folder.js";
import { tuned } from "./tuned.js";

const folder = useTemporaryFolders();
const TIMES = Array.from({ length: 10 }, (_, i) => i + 1);

/** They sell the more of their pay, by luck more or less, the further the largest multiplier is from what they like. */
const PICKY = `export default ({ number, partFloor, minerStrategy }) =>
  minerStrategy({
    name: "picky",
    meaning: "sells the less, the closer the largest multiplier is to what it likes",
    parameters: { likes: number({ range: { atLeast: 1, atMost: 10 }, default: 2, meaning: "The largest multiplier that it likes." }) },
    bind({ likes }, { random }) {
      // Some are touchier than others.
      const temper = 8 * random() * random();
      return {
        decide({ topMultiplier, keys }, orders) {
          for (const { key, paidRao, stakeRao } of keys) {
            const off = topMultiplier - likes;
            const part = Math.min(1, 0.05 + temper * off * off * random());
            const amountRao = Math.min(stakeRao, partFloor(paidRao, part));
            if (amountRao > 0) orders.sell(key, amountRao);
          }
        },
      };
    },
  });
`;

describe("a closed loop with a planted optimum", () => {
  it.each(TIMES)("is found, and held-out draws bear it out: seed %i", async (seed) => {
    const dir = await folder();
    await writeFile(join(dir, "picky.ts"), PICKY);
    const scenario = join(dir, "planted.yaml");
    await writeFile(
      scenario,
      `name: planted
time: { start: 2026-01-01T00:00:00Z, days: 3 }
subnet: { netuid: 7 }
vesting: { retention_target: 0.9, retention_window_days: 1 }
closed_loop:
  skill: { half_life: 2 d, deviation: 0.5 }
  market: { kind: pool, tao_reserve: 2000, alpha_reserve: 40000, tao_per_block: 0.05 }
  miners:
    - { name: picky, count: 6, strategy: { rule: ./picky.ts, with: { likes: 1.8 } }, skill: { from: 0.5, to: 4 }, stake: { from: 1, to: 20 } }
`,
    );
    const { code, report } = await tuned(
      scenario,
      ...["--vary", "vesting.max_multiplier=1.2,1.4,1.6,1.8,2,2.2,2.4", "--objective", "held_end", "--seed", String(seed)],
      ...["--replicates", "3", "--held-out", "8", "--out", join(dir, "out")],
    );
    expect(code).toBe(0);
    expect(report.trials[report.chosen ?? -1]?.set).toEqual({ "vesting.max_multiplier": 1.8 });
    const [{ by, judgement }] = report.trust.judgements;
    expect({ by, verdict: judgement.objectives[0].verdict }).toEqual({ by: "held_out", verdict: "better" });
    expect(report.findings.map(({ kind }) => kind)).not.toContain("cannot_tell");
  });
});
