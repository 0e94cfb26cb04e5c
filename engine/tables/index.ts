export * from "./column.js";
export * from "./index-results.js";
export * from "./results.js";
export * from "./streams.js";
export * from "./typed-rows.js";
