import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runToSummary } from "../../../recorders/run/run.js";
import { parseScenario } from "../../../scenarios/index.js";
import { useFolders } from "../results/sample-batches.js";

const folder = useFolders();

async function ran(bound: string) {
  const dir = await folder();
  const text = `export default ({ factorStage }) => factorStage({ name: "mine", meaning: "m", parameters: {}, bind: () => (${bound}) });`;
  await writeFile(join(dir, "mine.js"), text);
  const scenario = {
    name: "beyond",
    time: { start: "2025-01-01", days: 1 },
    subnet: { netuid: 30 },
    streams: [{ synthetic: "subnet", miners: 2 }],
    emission: "redistribute",
    stages: [{ plug_in: { rule: "./mine.js" } }],
  };
  return runToSummary(parseScenario(JSON.stringify(scenario), join(dir, "beyond.json")));
}

describe("what a factor stage of one's own goes by", () => {
  it("is said in words", async () => {
    expect((await ran(`{ ceiling: 1, beyond: "the weather", factor: () => 1 }`)).epochs).toBeGreaterThan(0);
  });

  it.each(["3", `""`, "true", "() => 'x'"])("and not by %s", async (beyond) => {
    await expect(ran(`{ ceiling: 1, beyond: ${beyond}, factor: () => 1 }`)).rejects.toMatchObject({
      code: expect.stringMatching(/^TEN-PLUGIN-/),
      allowed: expect.stringContaining("beyond:"),
    });
  });
});
