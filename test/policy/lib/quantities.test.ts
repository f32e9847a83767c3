import assert from "node:assert/strict";
import { quantity } from "../../../policy/lib/kubernetes/quantities";

describe("a Kubernetes quantity", () => {
  it("is read in each of its units", () => {
    const known: readonly [string | number, number][] = [
      ["100m", 0.1],
      ["0.5", 0.5],
      [2, 2],
      ["1Ki", 1024],
      ["512Mi", 512 * 1024 ** 2],
      ["1G", 1e9],
      ["1e3", 1000],
    ];
    for (const [text, value] of known) assert.equal(quantity(text), value, String(text));
  });

  it("is none with a unit that Kubernetes does not have", () => {
    for (const text of ["512MB", "1 Gi", "half", "", "Mi"]) assert.equal(quantity(text), undefined, text);
  });
});
