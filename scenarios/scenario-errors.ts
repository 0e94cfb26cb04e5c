import { InvariantError, TenureError } from "../engine/index.js";

/**
 * Everything that is wrong with a scenario, in the order of its places. As an error it is its first refusal (code, place,
 * found, allowed, hint); `errors` holds all of them, and the message has one line each.
 */
export class ScenarioErrors extends TenureError {
  readonly errors: readonly TenureError[];

  /** @param errors at least one */
  constructor(errors: readonly TenureError[]) {
    const [first] = errors;
    if (first === undefined) throw new InvariantError("no errors were given to ScenarioErrors");
    super(first);
    this.name = "ScenarioErrors";
    this.message = errors.map((error) => error.message).join("\n");
    this.errors = errors;
  }
}
