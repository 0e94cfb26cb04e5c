export { ADDRESS_RULES, type AddressRule, checkSs58 } from "../addresses/index.js";
export { AMOUNT_UNITS, type AmountUnit } from "./amounts.js";
export type { ImportOptions, ImportProgress, ImportReport } from "./import-report.js";
export { type ImportRunOptions, importRun } from "./run/import-run.js";
export { importTable, type TableOptions } from "./table/import-table.js";
export { type NamedColumns, parseNamedColumns } from "./table/named-columns.js";
export { type BlockTimes, parseBlockTimes, parseConstants, parseValues, type ValueMap } from "./table/table-arguments.js";
export { importTao20, type Tao20Options } from "./tao20/import-tao20.js";
export { importTaostats, type TaostatsOptions } from "./taostats/import-taostats.js";
