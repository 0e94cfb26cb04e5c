import type { RuntimeInspection } from "../../recorders/index.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";
import { hanging } from "./paragraph.js";
import { typedPath } from "./typed-path.js";

/** Whether a runtime can be recorded, and what of it is read in which form. */
export function runtimeText(inspection: RuntimeInspection, style: ReportStyle): string {
  const { file, spec_name, spec_version, metadata_version, can_be_recorded, faults, shares, parts } = inspection;
  const spec = spec_version === null ? "A runtime that does not say its version" : `${spec_name} ${spec_version}`;
  const written = Object.entries(shares).map(([item, format]) => `${item} ${format}`);
  const table = renderTable(
    [
      { head: "read", cell: ({ kind }) => kind },
      { head: "name", cell: ({ name }) => name },
      {
        head: "",
        cell: ({ state, needed }) =>
          state === "absent" ? (needed ? "missing" : "not there") : state === "known" ? "known" : needed ? "unknown" : "passed over",
      },
      { head: "form", wraps: true, cell: ({ form, state }) => form ?? (state === "absent" ? "-" : "") },
    ],
    parts,
    style,
  );
  return `${[
    hanging(
      can_be_recorded ? "Can be recorded. " : "Cannot be recorded. ",
      `${spec}, metadata version ${metadata_version}, in ${typedPath(file)}`,
      style,
      { lead: style.bold },
    ),
    ...faults.map((fault) => hanging("  fault ", fault, style, { lead: style.bold })),
    ...(written.length === 0 ? [] : [hanging("  shares     ", written.join(", "), style)]),
    "",
    table,
  ].join("\n")}\n`;
}
