import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { useTemporaryFolders } from "../recorders/temporary-folder.js";
import { tenure } from "./tenure.js";

const temporaryFolder = useTemporaryFolders();

it("is told of and is no success: the run has no result", async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "rules"));
  // What the host lends a rule leads to the host.
  await writeFile(
    join(folder, "rules", "exits.ts"),
    `import type { RuleHelpers } from "tenure";
export default ({ shareStage }: RuleHelpers) =>
  shareStage({
    name: "exits",
    meaning: "ends the process",
    parameters: {},
    bind: () => ({
      share(facts) {
        (facts.constructor as any).constructor("return process")().exit(0);
      },
    }),
  });
`,
  );
  await writeFile(
    join(folder, "exits.yaml"),
    `name: exits
time: { start: 2026-01-01T00:00:00Z, days: 1 }
subnet: { netuid: 1 }
streams:
  - { synthetic: subnet, name: miners, miners: 3 }
emission: redistribute
stages:
  - plug_in: { rule: ./rules/exits.ts }
`,
  );
  const { code, stderr } = await tenure(["run", "exits.yaml", "--out", "out", "--quiet"], folder);
  expect(code).toBe(2);
  expect(stderr).toContain("TEN-CLI-029");
  expect((await tenure(["show", "out"], folder)).code).toBe(2);
});
