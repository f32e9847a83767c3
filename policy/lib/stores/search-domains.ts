import { read, type Reading, type Resource, text } from "../resource";
import { SEARCH_DOMAIN } from "./store-rule";

/** A domain of OpenSearch, under the provider's name of today and of before. */
export const SEARCH_DOMAINS = [SEARCH_DOMAIN, "aws:elasticsearch/domain:Domain"];

/** The type of the data nodes, as `m7g.large`; left out, AWS takes m4.large. */
export function nodeTypeOf(domain: Resource): Reading {
  const reading = read(domain, "clusterConfig.instanceType");
  if (reading.state === "absent") return { state: "known", value: "m4.large" };
  const name = text(reading);
  return name === undefined ? reading : { state: "known", value: name.replace(/\.(search|elasticsearch)$/, "") };
}

/** The family of a node type. */
export function familyOf(nodeType: string): string {
  return nodeType.split(".")[0] ?? "";
}
