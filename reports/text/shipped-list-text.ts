import type { ShippedScenario } from "../../scenarios/index.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";

/** What comes with Tenure, one a line: scenarios, or studies. */
export function shippedListText(shipped: readonly ShippedScenario[], style: ReportStyle): string {
  const columns = [
    { head: "name", cell: ({ name }: ShippedScenario) => name },
    { head: "what for", wraps: true, cell: ({ description }: ShippedScenario) => description },
  ];
  return `${renderTable(columns, shipped, style)}\n`;
}
