import type { ShippedScenario } from "../../scenarios/index.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";

/** The shipped scenarios, one a line. */
export function scenarioListText(scenarios: readonly ShippedScenario[], style: ReportStyle): string {
  const columns = [
    { head: "name", cell: ({ name }: ShippedScenario) => name },
    { head: "what for", wraps: true, cell: ({ description }: ShippedScenario) => description },
  ];
  return `${renderTable(columns, scenarios, style)}\n`;
}
