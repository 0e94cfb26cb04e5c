export * from "./column.js";
export * from "./index-results.js";
export * from "./results.js";
export * from "./streams.js";
export * from "./typed-rows.js";
export * from "./vocabularies/consensus.js";
export * from "./vocabularies/flags.js";
export * from "./vocabularies/orders.js";
