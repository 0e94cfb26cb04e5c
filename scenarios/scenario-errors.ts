import { InvariantError, TenureError } from "../engine/index.js";

/** How many refusals are shown of a long list: more than anybody reads at once. */
export const MOST_TOLD = 20;

/**
 * Everything that is wrong with a scenario, in the order of its places. As an error it is its first refusal (code, place,
 * found, allowed, hint); `errors` holds all of them, and the message has a line for each of the first 20.
 */
export class ScenarioErrors extends TenureError {
  readonly errors: readonly TenureError[];

  /** @param errors at least one */
  constructor(errors: readonly TenureError[]) {
    const [first] = errors;
    if (first === undefined) throw new InvariantError("no errors were given to ScenarioErrors");
    super(first);
    this.name = "ScenarioErrors";
    const told = errors.slice(0, MOST_TOLD).map((error) => error.message);
    if (errors.length > MOST_TOLD) told.push(`and ${errors.length - MOST_TOLD} more.`);
    this.message = told.join("\n");
    this.errors = errors;
  }
}
