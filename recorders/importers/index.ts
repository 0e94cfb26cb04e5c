export { ADDRESS_RULES, type AddressRule, checkSs58 } from "../addresses/index.js";
export type { ImportOptions, ImportProgress, ImportReport } from "./import-report.js";
export { type ImportRunOptions, importRun } from "./run/import-run.js";
export { importTable, type TableOptions } from "./table/import-table.js";
export { importTao20, type Tao20Options } from "./tao20/import-tao20.js";
export { importTaostats, type TaostatsOptions } from "./taostats/import-taostats.js";
