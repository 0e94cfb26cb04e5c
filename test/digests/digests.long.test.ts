import { it } from "vitest";
import { expectShipped } from "./expect-shipped.js";
import { SHIPPED_SCENARIOS } from "./shipped-scenarios.js";

it.each(SHIPPED_SCENARIOS.filter(({ large }) => large))("$name gives what it gave", expectShipped);
