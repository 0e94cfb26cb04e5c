import type { ReadyQuery } from "./ready-query.js";

export const FLAGS: ReadyQuery = {
  name: "flags",
  meaning: "Whom did the rules against gaming notice, and for what?",
  of: "run",
  sql: `SELECT name, group_name, kind, policy, sum(count) AS seen, count(DISTINCT epoch) AS epochs
FROM flags_view
GROUP BY ALL
ORDER BY seen DESC, name, kind`,
};
