import assert from "node:assert/strict";
import { mermaidOf } from "../../../plan/report/mermaid";
import { type PlanDocument } from "../../../plan/plan-schema";

type Service = PlanDocument["services"][number];

function service(name: string, bindings: readonly [kind: string, to: string][] = []): Service {
  return { name, target: "fargate", reason: "", bindings: bindings.map(([kind, to]) => ({ kind, to, access: "write", variables: [] })) };
}

describe("a plan as a Mermaid flowchart", () => {
  it("has services by place, and what each needs", () => {
    const services = [
      service("orders", [
        ["table", "sessions"],
        ["service", "billing"],
      ]),
      { ...service("billing", [["table", "sessions"]]), target: "lambda" as const },
    ];
    assert.deepEqual(mermaidOf({ services })?.split("\n"), [
      "flowchart LR",
      '  subgraph p0 ["Fargate"]',
      '    n0["orders"]',
      "  end",
      '  subgraph p1 ["Lambda"]',
      '    n1["billing"]',
      "  end",
      '  n0 --> n2[("sessions#44; table")]',
      "  n0 --> n1",
      '  n1 --> n2[("sessions#44; table")]',
    ]);
  });

  it("lets no name end its quotes or its block", () => {
    const chart = mermaidOf({ services: [service('a"]\n```\n<script>')] }) ?? "";
    assert.doesNotMatch(chart, /```|<script|a"/);
  });

  it("is left out when there is nothing to draw, or too much to be read", () => {
    assert.equal(mermaidOf({ services: [] }), undefined);
    assert.equal(mermaidOf({ services: Array.from({ length: 41 }, (_, index) => service(`s${index}`)) }), undefined);
  });
});
