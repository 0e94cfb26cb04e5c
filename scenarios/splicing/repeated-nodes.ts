import { type Document, isAlias, isCollection, isPair, isScalar, type Node } from "yaml";

/** What a document's aliases repeat, each with the name of its anchor. One pass: an anchor may be given another meaning further down. */
export function repeatedNodes(document: Document): ReadonlyMap<Node, string> {
  const anchors = new Map<string, Node>();
  const repeated = new Map<Node, string>();
  visit(document.contents);
  return repeated;

  function visit(node: unknown): void {
    if (isPair(node)) {
      visit(node.key);
      visit(node.value);
    } else if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target !== undefined) repeated.set(target, node.source);
    } else if (isScalar(node) || isCollection(node)) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
      if (isCollection(node)) for (const item of node.items) visit(item);
    }
  }
}
