import { declareTable } from "../../engine/index.js";

const replicate = {
  name: "replicate",
  type: "int",
  unit: "",
  meaning: "Number of the replicate; both sides have its random numbers.",
} as const;

/** `figures.arrow` of a comparison. */
export const FIGURE_PAIRS_TABLE = declareTable({
  name: "figures",
  meaning: "Figures of both sides, one row a replicate and figure that both have.",
  columns: [
    replicate,
    { name: "figure", type: "text", unit: "", meaning: "Name of the figure." },
    { name: "unit", type: "text", unit: "", meaning: "Unit of its values; empty for a share or a ratio." },
    { name: "a", type: "real", unit: "", meaning: "The figure of a." },
    { name: "b", type: "real", unit: "", meaning: "The figure of b." },
    { name: "difference", type: "real", unit: "", meaning: "b - a." },
  ],
});

/** `miners.arrow` of a comparison. */
export const MINER_PAIRS_TABLE = declareTable({
  name: "miners",
  meaning: "What each miner was paid on both sides, one row a replicate and miner that any of them has.",
  columns: [
    replicate,
    { name: "netuid", type: "int", unit: "", meaning: "Subnet." },
    { name: "hotkey", type: "text", unit: "", meaning: "Hotkey of the miner." },
    { name: "in_a", type: "flag", unit: "", meaning: "Whether a has the miner." },
    { name: "in_b", type: "flag", unit: "", meaning: "Whether b has the miner." },
    { name: "a_rao", type: "rao_sum", unit: "rao", meaning: "What a paid it over the whole run." },
    { name: "b_rao", type: "rao_sum", unit: "rao", meaning: "What b paid it over the whole run." },
    { name: "difference_rao", type: "rao_sum", unit: "rao", meaning: "b - a." },
  ],
});
