import { DOMParser } from "linkedom";

/**
 * What an element may hold and must say, as the XML schema of Jenkins' xUnit plug-in has it (junit-10.xsd:
 * https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd).
 */
const SCHEMA: Readonly<
  Record<string, { readonly inside: readonly string[]; readonly must: readonly string[]; readonly may: readonly string[] }>
> = {
  testsuites: { inside: ["testsuite"], must: [], may: ["name", "time", "tests", "failures", "disabled", "errors"] },
  testsuite: {
    inside: ["testsuite", "properties", "testcase", "system-out", "system-err"],
    must: ["name", "tests"],
    may: ["failures", "errors", "time", "disabled", "skipped", "timestamp", "hostname", "id", "package"],
  },
  testcase: {
    inside: ["skipped", "error", "failure", "rerunFailure", "rerunError", "flakyFailure", "flakyError", "system-out", "system-err"],
    must: ["name"],
    may: ["assertions", "time", "timestamp", "classname", "status", "class", "file", "line", "group"],
  },
  error: { inside: [], must: [], may: ["type", "message"] },
  failure: { inside: [], must: [], may: ["type", "message"] },
  "system-err": { inside: [], must: [], may: [] },
};

/** As far as it is looked at. */
interface Element {
  readonly tagName: string;
  readonly attributes: Iterable<{ readonly name: string }>;
  readonly children: ArrayLike<Element> & Iterable<Element>;
  readonly childNodes: Iterable<{ readonly nodeType: number; readonly textContent: string | null }>;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): ArrayLike<unknown>;
}

/** Why a text is no XML of that schema, or its counts are not those of its cases; empty: it is fine. */
export function junitFaults(xml: string): readonly string[] {
  const faults: string[] = [];
  // Strict where the parser is not: every & begins an entity, and nothing is there that XML cannot hold.
  if (/&(?!(amp|lt|gt|quot|#\d+);)/.test(xml)) faults.push("a bare &");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML refuses
  if (/[\x00-\x08\x0b\x0c\x0e-\x1f]/.test(xml)) faults.push("a control character");
  const { documentElement: root } = new DOMParser().parseFromString(xml, "text/xml");
  if (root?.tagName !== "testsuites") return [...faults, `begins with ${root?.tagName}`];
  const visit = (element: Element): void => {
    const rules = SCHEMA[element.tagName];
    const names = [...element.attributes].map(({ name }) => name);
    faults.push(...rules.must.filter((name) => !names.includes(name)).map((name) => `${element.tagName} without ${name}`));
    faults.push(...names.filter((name) => ![...rules.must, ...rules.may].includes(name)).map((name) => `${element.tagName} with ${name}`));
    for (const child of element.children) {
      if (rules.inside.includes(child.tagName) && child.tagName in SCHEMA) visit(child);
      else faults.push(`${child.tagName} in ${element.tagName}`);
    }
    if (element.children.length > 0 && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== "")) {
      faults.push(`text between elements of ${element.tagName}`);
    }
    if (!["testsuites", "testsuite"].includes(element.tagName)) return;
    const counts = { tests: "testcase", failures: "failure", errors: "error" };
    for (const [attribute, tag] of Object.entries(counts)) {
      const count = element.querySelectorAll(tag).length;
      if (element.getAttribute(attribute) !== String(count)) faults.push(`${attribute} of ${element.tagName} where there are ${count}`);
    }
  };
  visit(root as unknown as Element);
  return faults;
}
