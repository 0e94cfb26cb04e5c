import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AuditedLedger } from "../fuzz/audited-ledger.js";
import { GOLDEN_FILES } from "./files/index.js";
import { checkTranchesOf } from "./files/tranches.js";
import { sharedFolder } from "./project-root.js";
import { runGoldenFolder } from "./run-folder.js";

const folder = join(sharedFolder(), "golden");
const present = existsSync(folder);
if (!present) {
  console.warn(`GOLDEN DATA NOT COMPARED: there is no folder ${folder}; set TENURE_SHARED to the folder that holds golden/.`);
}

describe.skipIf(!present)(`golden data of ${folder}`, () => {
  const reports = present ? runGoldenFolder(folder) : [];

  it.each(Object.keys(GOLDEN_FILES))("%s", (file) => {
    const report = reports.find((candidate) => candidate.file === file);
    expect(report).toMatchObject({ known: true, firstDifference: null, passed: report?.total });
  });

  it("tranches, answered by the auditor", () => {
    const [report] = runGoldenFolder(folder, { tranches: checkTranchesOf((setup) => new AuditedLedger(setup)) }).filter(
      ({ known }) => known,
    );
    expect(report).toMatchObject({ file: "tranches", firstDifference: null });
  });
});
