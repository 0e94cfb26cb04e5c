import { showLongSeries } from "./long-series.js";
import { makeTablesSortable } from "./sortable-table.js";

showLongSeries();
makeTablesSortable();
