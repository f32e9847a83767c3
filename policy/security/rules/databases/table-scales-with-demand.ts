import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { read, some, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { storeVerdicts, TABLE } from "../../../lib/stores/store-rule";
import { tableScalingOf } from "../../../lib/stores/table-scaling";

const PROPERTY = "billingMode";

/** Every table is asked: what is paid by request scales by itself, what is provisioned needs a target of Application Auto Scaling for each way. */
export const tableScalesWithDemand = stackRule({
  id: "table-scales-with-demand",
  title: "Every table takes the demand it gets",
  severity: "medium",
  why: "A table of fixed capacity refuses requests as soon as demand passes it, which is when the service matters most.",
  fix: "Set billingMode to PAY_PER_REQUEST, or give the table an autoscaling target for dynamodb:table:ReadCapacityUnits and one for WriteCapacityUnits.",
  links: ["https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html"],
  frameworks: [
    { name: "FSBP", id: "DynamoDB.1" },
    { name: "Checkov", id: "CKV2_AWS_16" },
  ],
  check: (stack) => storeVerdicts(stack, [{ types: [TABLE], findings }], "has a fixed capacity"),
});

function findings(table: StackResource, graph: StackGraph): Finding[] {
  const mode = read(table, PROPERTY);
  if (text(mode) === "PAY_PER_REQUEST") return [];
  const { targets, open } = graph.once(tableScalingOf).of(table);
  const lacking = ["ReadCapacityUnits", "WriteCapacityUnits"].map((dimension): [string, Tri] => [
    dimension,
    some(targets.map((target) => scales(target, dimension))),
  ]);
  const missing = lacking.filter(([, scaled]) => scaled === false).map(([dimension]) => dimension);
  if (lacking.every(([, scaled]) => scaled === true)) return [];
  // Without a mode, it is provisioned.
  if (mode.state === "unknown") return [{ what: "its billingMode is not known yet", property: PROPERTY, unknown: true }];
  if (open || missing.length === 0) return [{ what: "what scales it is not known yet", property: PROPERTY, unknown: true }];
  return [{ what: `it is provisioned, and nothing scales its ${missing.join(" and ")}`, property: PROPERTY }];
}

function scales(target: StackResource, dimension: string): Tri {
  const reading = read(target, "scalableDimension");
  return reading.state === "unknown" ? undefined : text(reading) === `dynamodb:table:${dimension}`;
}
