/** Why a name is not there for a rule of a user's own file, and what is there instead. */
const REASONS: Readonly<Record<string, readonly [why: string, instead: string]>> = {
  Date: ["time comes from the streams", "held days, or registeredMs of the facts"],
  performance: ["time comes from the streams", "held days, or registeredMs of the facts"],
  crypto: ["a run has to give the same again", "a parameter"],
  process: ["a rule knows nothing of the machine it runs on", "a parameter, under `with`"],
  fetch: ["a rule knows nothing of the machine it runs on", "a parameter, or a recorded stream"],
  require: ["what it asks for is not in the bundle", "an import of a file of your own"],
  globalThis: ["a rule is given what it computes with", "the helpers, as arguments of the default export"],
  global: ["a rule is given what it computes with", "the helpers, as arguments of the default export"],
  window: ["a rule is given what it computes with", "the helpers, as arguments of the default export"],
  console: ["a rule writes nothing", "trace.input and trace.term, which `tenure show` prints"],
  Intl: ["its answers depend on the machine's language settings", "numbers as they are"],
  Buffer: ["a rule knows nothing of the machine it runs on", "Uint8Array"],
  Function: ["code of a rule is in its file", "a function of the file"],
  eval: ["code of a rule is in its file", "a function of the file"],
  WebAssembly: ["code of a rule is in its file", "a function of the file"],
  WeakRef: ["when memory is tidied differs from run to run", "Map"],
  FinalizationRegistry: ["when memory is tidied differs from run to run", "Map"],
  Promise: ["a rule answers at once", "a function that is not async"],
  setTimeout: ["a rule answers at once", "nothing of the kind"],
  setInterval: ["a rule answers at once", "nothing of the kind"],
  setImmediate: ["a rule answers at once", "nothing of the kind"],
  queueMicrotask: ["a rule answers at once", "nothing of the kind"],
};

/** That a name is not there for a rule, in words. */
export function missingWords(name: string, why: string, instead: string): string {
  return `${name} is not there for a rule: ${why}; use ${instead}`;
}

/** What went wrong in a rule, in words: of a name that is not there also why, and what is. */
export function faultWords(error: unknown): string {
  const said = saidBy(error);
  const name = /^(\w+) is not defined$/.exec(said)?.[1];
  return name !== undefined && Object.hasOwn(REASONS, name) ? missingWords(name, ...REASONS[name]) : said;
}

/** Anything can be thrown, also what throws when it is asked for its message. */
function saidBy(error: unknown): string {
  try {
    // Of another realm, so `instanceof` tells nothing.
    const { message } = (error ?? {}) as { message?: unknown };
    return String(message ?? error);
  } catch {
    return "something that has no words";
  }
}
