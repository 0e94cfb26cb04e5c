import { showLongSeries } from "./long-series.js";
import { followAddress } from "./miner-page.js";
import { hintAtScrolling } from "./scroll-hint.js";
import { makeTablesSortable } from "./sortable-table.js";

makeTablesSortable();
showLongSeries();
followAddress();
hintAtScrolling();
addEventListener("resize", hintAtScrolling);
