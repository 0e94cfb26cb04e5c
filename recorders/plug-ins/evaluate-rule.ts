import { createContext, Script } from "node:vm";
import { faultWords, RULE_HELPERS, TenureError } from "../../engine/index.js";
import { agentsInOwnWorld, type OwnWorldAgents } from "./agents-in-own-world.js";
import { atOnce } from "./at-once.js";
import { EXPORTS, type RuleBundle } from "./bundle-rule.js";
import { exactMath, KEPT_NAMES, LOCALE_METHODS, LOCALE_REASON } from "./exact-world.js";
import { objectivesInOwnWorld } from "./objectives-in-own-world.js";

/** What a file declares, and how what it holds is shown things. */
export interface EvaluatedRule {
  readonly declared: unknown;
  readonly agents: OwnWorldAgents;
  readonly objectives: ReturnType<typeof objectivesInOwnWorld>;
}

/** Takes away what a run could not repeat: in a world of its own, so that nothing else in the process misses it. */
const LOCKDOWN = new Script(`(kept, methods, reason) => {
  for (const one of [Object, Array, Number, String, BigInt, Uint8Array.__proto__]) {
    for (const name of methods) {
      if (Object.hasOwn(one.prototype, name)) {
        const method = () => { throw new TypeError(name + " " + reason); };
        Object.defineProperty(one.prototype, name, { value: method });
      }
    }
  }
  const world = globalThis;
  for (const name of Object.getOwnPropertyNames(world)) if (!kept.includes(name)) delete world[name];
}`);

/**
 * What the file of a rule exports as its default, called with the helpers. It runs in a world of its own that has nothing of the
 * machine: that keeps runs repeatable and is no wall against malice.
 * @throws TenureError `TEN-PLUGIN-007` it threw, `-008` no default export that is a function, `-013` it did not end
 */
export function evaluateRule({ text }: RuleBundle, named: string): EvaluatedRule {
  const world = createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false }, microtaskMode: "afterEvaluate" });
  // Before anything of the file runs, which could change what it is made of.
  const agents = agentsInOwnWorld(world);
  const objectives = objectivesInOwnWorld(world);
  LOCKDOWN.runInContext(world)(KEPT_NAMES, LOCALE_METHODS, LOCALE_REASON);
  Object.assign(world, { Math: exactMath(), helpers: RULE_HELPERS });
  const code = `(function (Math, helpers) { "use strict";
${text}
const exported = typeof ${EXPORTS} === "undefined" ? undefined : ${EXPORTS};
const rule = typeof exported === "function" ? exported : exported?.default;
return typeof rule === "function" ? [rule(helpers)] : rule;
})(Math, helpers)`;
  let answered: unknown;
  try {
    const script = new Script(code, { filename: named });
    answered = atOnce(named, () => script.runInContext(world));
  } catch (error) {
    throw isRefusal(error) ? error : failedToLoad(error, named);
  }
  if (!Array.isArray(answered)) throw noRule(answered, named);
  return { declared: answered[0], agents, objectives };
}

/** What is thrown may be anything, also what throws when it is asked what it is. */
function isRefusal(error: unknown): error is TenureError {
  try {
    return error instanceof TenureError;
  } catch {
    return false;
  }
}

function failedToLoad(error: unknown, named: string): TenureError {
  return new TenureError({
    code: "TEN-PLUGIN-007",
    what: "The file of the rule threw an error when it was loaded.",
    place: { file: named },
    found: faultWords(error),
    allowed: "a file that declares a rule whatever the machine",
    hint: "docs/how-to/write-a-rule.md says what a rule is given, and what not.",
  });
}

function noRule(found: unknown, named: string): TenureError {
  return new TenureError({
    code: "TEN-PLUGIN-008",
    what: "The file has no default export that makes a rule.",
    place: { file: named },
    found: found === undefined ? "no default export" : `a default export of the type ${found === null ? "null" : typeof found}`,
    allowed: "a function of the helpers",
    hint: 'export default ({ number, min }) => ({ kind: "multiplier_rule", ... })',
  });
}
