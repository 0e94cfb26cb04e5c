/** A test case of JUnit XML. */
export interface TestCase {
  readonly name: string;
  /** Null: it passes. */
  readonly fault: {
    /** `failure`: what was asked is not so; `error`: it could not be asked. */
    readonly kind: "failure" | "error";
    readonly type: string;
    readonly message: string;
    readonly text: string;
  } | null;
}

/**
 * JUnit XML of one suite, as test reports of continuous integration read it (the schema of Jenkins' xUnit plug-in, junit-10.xsd).
 * @param warning of no case alone; null: there is none
 */
export function junitSuite(name: string, cases: readonly TestCase[], warning: string | null = null): string {
  const count = (kind: "failure" | "error") => cases.filter(({ fault }) => fault?.kind === kind).length;
  const counts = `tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}"`;
  const suite = xml(name);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="tenure guard" ${counts}>`,
    `  <testsuite name="${suite}" ${counts} skipped="0">`,
    ...cases.flatMap(({ name: one, fault }) => {
      const head = `    <testcase classname="${suite}" name="${xml(one)}"`;
      if (fault === null) return [`${head}/>`];
      const { kind, type, message, text } = fault;
      return [`${head}>`, `      <${kind} type="${xml(type)}" message="${xml(message)}">${xml(text)}</${kind}>`, "    </testcase>"];
    }),
    ...(warning === null ? [] : [`    <system-err>${xml(warning)}</system-err>`]),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

/** A name on one line, with nothing in it that XML cannot hold, or that a reader of the text would obey or not see. */
export function xmlLegible(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufffe\uffff]/gu, escaped);
}

/** `\u001b`; one of two units as two. */
function escaped(character: string): string {
  return [...Array(character.length).keys()].map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`).join("");
}

/** What XML 1.0 cannot hold, not even escaped, is written as `\u001b`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML refuses
const UNWRITABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\p{Cs}]/gu;

function xml(text: string): string {
  return text
    .replace(UNWRITABLE, escaped)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/\t/g, "&#9;")
    .replace(/\r/g, "&#13;");
}
