import type { ReadyQuery } from "./ready-query.js";

export const CONCENTRATION: ReadyQuery = {
  name: "concentration",
  meaning: "How unequal is pay, as recorded and under the rules?",
  of: "run",
  sql: `WITH pay AS (
  SELECT netuid, 'recorded' AS pay, recorded_rao::DOUBLE AS rao FROM miners
  UNION ALL
  SELECT netuid, 'paid', paid_rao::DOUBLE FROM miners
), ranked AS (
  SELECT *, row_number() OVER (PARTITION BY netuid, pay ORDER BY rao) AS rank, row_number() OVER (PARTITION BY netuid, pay ORDER BY rao DESC) AS place,
    sum(rao) OVER (PARTITION BY netuid, pay) AS total, count(*) OVER (PARTITION BY netuid, pay) AS miners
  FROM pay
)
SELECT netuid, pay, any_value(miners) AS miners,
  2 * sum(rank * rao) / any_value(miners * total) - any_value(miners + 1) / any_value(miners) AS gini,
  sum((rao / total) * (rao / total)) AS herfindahl,
  max(rao / total) AS top_1_share, sum(rao / total) FILTER (WHERE place <= 10) AS top_10_share
FROM ranked
WHERE total > 0
GROUP BY netuid, pay
ORDER BY netuid, pay DESC`,
};
