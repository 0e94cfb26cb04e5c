export * from "./column.js";
export * from "./results.js";
export * from "./streams.js";
