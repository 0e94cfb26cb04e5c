import { dataTable } from "../html/data-table.js";
import { html, NOTHING } from "../html/html.js";
import type { PageSection } from "../html/page.js";
import { pairedShiftColumns, shiftEpochsWords, UNRECORDED } from "../text/run-stages-text.js";
import type { ComparisonPageData } from "./read-comparison.js";

/** What the stages of both rules take and give; null where neither is a list. */
export function stagesSection({ comparison: { stages } }: ComparisonPageData): PageSection | null {
  if (stages.length === 0) return null;
  const over = shiftEpochsWords(stages);
  const means = `${over === "" ? "" : `${over}, `}mean over the pairs; intervals in percentage points`;
  const caption = `Shares of the pot that each stage takes from miners and gives to others, ${means}`;
  const isUnknown = stages.some(({ taken_change: change }) => change === null);
  return {
    id: "stages",
    title: "What stages take and give",
    content: html`${dataTable(pairedShiftColumns(stages), stages, { caption })}${isUnknown ? html`<p>${UNRECORDED}</p>` : NOTHING}`,
  };
}
