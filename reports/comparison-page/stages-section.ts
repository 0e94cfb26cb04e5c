import { dataTable } from "../html/data-table.js";
import { html, NOTHING } from "../html/html.js";
import type { PageSection } from "../html/page.js";
import { SHIFT_COLUMNS, UNRECORDED } from "../text/run-stages-text.js";
import type { ComparisonPageData } from "./read-comparison.js";

/** What the stages of both rules take and give; null where neither is a list. */
export function stagesSection({ comparison: { stages } }: ComparisonPageData): PageSection | null {
  if (stages.length === 0) return null;
  const caption = "Shares of the pot that each stage takes from miners and gives to others, in the last epoch, mean over the pairs";
  const isUnknown = stages.some(({ taken_change: change }) => change === null);
  return {
    id: "stages",
    title: "What stages take and give",
    content: html`${dataTable(SHIFT_COLUMNS, stages, { caption })}${isUnknown ? html`<p>${UNRECORDED}</p>` : NOTHING}`,
  };
}
