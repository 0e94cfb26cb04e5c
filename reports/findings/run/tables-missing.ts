import type { ResultTableName } from "../../../engine/index.js";
import type { CheckDeclaration } from "../check.js";
import type { Finding } from "../finding.js";

/** What was not looked at, so that silence is not taken for health. */
export const TABLES_MISSING: CheckDeclaration = {
  code: "tables_missing",
  severities: ["note"],
  says: "Some checks were not made, since the run did not record what they look at.",
  threshold: "A check that has a question to ask of this run needs a table that is not there.",
  tries: "`record: { tables: all }`, and run again.",
};

/** @param checks that could not be made, with the tables they lack */
export function tablesMissing(checks: ReadonlyMap<string, readonly ResultTableName[]>): readonly Finding[] {
  if (checks.size === 0) return [];
  const tables = [...new Set([...checks.values()].flat())].sort();
  return [
    {
      code: TABLES_MISSING.code,
      severity: "note",
      title: `${checks.size === 1 ? "One check was" : `${checks.size} checks were`} not made: the run did not record ${tables.join(", ")}.`,
      evidence: [...checks].map(([code, lacks]) => `${code} needs ${lacks.join(", ")}.`),
      tries: [`Run again with record.tables: [${tables.join(", ")}], or all.`],
    },
  ];
}
