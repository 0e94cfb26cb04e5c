import type { RuntimeInspection } from "../../recorders/index.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";
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
      { head: "form", cell: ({ form, state }) => form ?? (state === "absent" ? "-" : "") },
    ],
    parts,
    style,
  );
  return `${[
    `${style.bold(can_be_recorded ? "Can be recorded." : "Cannot be recorded.")} ${spec}, metadata version ${metadata_version}, in ${typedPath(file)}`,
    ...faults.map((fault) => `  ${style.bold("fault")} ${fault}`),
    ...(written.length === 0 ? [] : [`  shares     ${written.join(", ")}`]),
    "",
    table,
  ].join("\n")}\n`;
}
