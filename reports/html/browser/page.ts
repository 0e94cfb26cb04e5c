import { showLongSeries } from "./long-series.js";
import { followAddress } from "./miner-page.js";
import { makeTablesSortable } from "./sortable-table.js";

makeTablesSortable();
showLongSeries();
followAddress();
