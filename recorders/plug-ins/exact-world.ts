import { math, missingWords } from "../../engine/index.js";

/** Of `Math` that which a helper does by another name. */
const HELPERS: Readonly<Record<string, string>> = {
  log: "ln, a helper",
  log2: "ln(x) / ln(2), a helper",
  log10: "ln(x) / ln(10), a helper",
  log1p: "ln(1 + x), a helper",
  expm1: "exp(x) - 1, a helper",
  cbrt: "pow(x, 1 / 3), a helper",
  hypot: "sqrt(x * x + y * y)",
  random: "a parameter: a run has to give the same again",
};

/** `Math` of a rule: what gives the same bits on every machine; the rest says so. */
export function exactMath(): object {
  const members: PropertyDescriptorMap = {};
  for (const name of Object.getOwnPropertyNames(Math)) {
    const value: unknown = Math[name as keyof Math];
    if (typeof value === "number") members[name] = { value, enumerable: true };
    else if (Object.hasOwn(math, name)) members[name] = { value: math[name as keyof typeof math], enumerable: true };
    else {
      const why = "it is not rounded the same on every machine";
      const message = missingWords(
        `Math.${name}`,
        name === "random" ? "it is never the same" : why,
        HELPERS[name] ?? "+ - * / sqrt exp ln pow",
      );
      members[name] = {
        get() {
          throw new TypeError(message);
        },
      };
    }
  }
  return Object.freeze(Object.defineProperties(Object.create(null), members));
}

/** Methods whose answers depend on the machine's language settings. */
export const LOCALE_METHODS = ["localeCompare", "toLocaleString", "toLocaleLowerCase", "toLocaleUpperCase"];
export const LOCALE_REASON = "is not there for a rule: its answers depend on the machine's language settings; compare with < and >";

/** All that there is of the language. */
export const KEPT_NAMES = [
  ..."Object Array Number Boolean String Symbol BigInt Map Set WeakMap WeakSet JSON RegExp Proxy Reflect".split(" "),
  ..."Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError".split(" "),
  ..."ArrayBuffer DataView Float32Array Float64Array Int8Array Int16Array Int32Array Uint8Array Uint8ClampedArray".split(" "),
  ..."Uint16Array Uint32Array BigInt64Array BigUint64Array".split(" "),
  ..."isNaN isFinite parseInt parseFloat encodeURI encodeURIComponent decodeURI decodeURIComponent".split(" "),
];
