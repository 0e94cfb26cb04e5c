import { dataTable } from "../html/data-table.js";
import type { PageSection } from "../html/page.js";
import type { ComparisonPageData } from "./read-comparison.js";

/** What differs between the two scenarios; null where nothing does. */
export function changedSection({ comparison: { changed } }: ComparisonPageData): PageSection | null {
  if (changed.length === 0) return null;
  return {
    id: "changed",
    title: "What was changed",
    content: dataTable(
      [
        { head: "key", cell: ({ path }) => path },
        { head: "a", cell: ({ a }) => valueWords(a) },
        { head: "b", cell: ({ b }) => valueWords(b) },
      ],
      changed,
      { caption: "Values that are not the same" },
    ),
  };
}

/** Letters of a value that stand in a cell. */
const MOST_LETTERS = 120;

function valueWords(value: unknown): string {
  if (value === null) return "";
  const words = typeof value === "string" ? value : JSON.stringify(value);
  return words.length <= MOST_LETTERS ? words : `${words.slice(0, MOST_LETTERS)}...`;
}
