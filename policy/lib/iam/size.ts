import type { Reading } from "../resource";

/** Characters of a policy document, as IAM counts them: without white space. Undefined while it is not known. */
export function policySize(document: Reading): number | undefined {
  if (document.state !== "known") return document.state === "absent" ? 0 : undefined;
  const written = typeof document.value === "string" ? document.value : JSON.stringify(document.value);
  return written.replace(/\s/g, "").length;
}
