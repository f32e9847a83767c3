import { z } from "zod";
import { gravitonSibling, isGraviton, isPreviousGeneration } from "../../../facts/instance-generations";
import { notKnown } from "../../lib/expect";
import { type Finding, judge } from "../../lib/finding";
import { INSTANCE_TYPED, type InstanceTypes, instanceTypesOf } from "../../lib/instance-types";
import { hasReason, REASON_CONFIG } from "../../lib/reason";
import { read, type Resource, text } from "../../lib/resource";
import { resourceRule } from "../../lib/rule";

const config = z.strictObject({ reasonTag: REASON_CONFIG.reasonTag });

/** Licensed engines, ActiveMQ and Redshift have no Graviton. Engines of RDS that do. */
const RDS_ENGINES = ["postgres", "mysql", "mariadb", "aurora-postgresql", "aurora-mysql"];

/** An instance of a previous generation is `instance-is-of-current-generation`'s matter. */
export const instanceRunsOnGraviton = resourceRule({
  id: "instance-runs-on-graviton",
  title: "No instance runs on x86 that has a sibling of the same size on Graviton, unless a tag says why",
  severity: "low",
  why: "The Graviton type of the same size costs a tenth to a fifth less and does more. A managed store runs the same on it: nobody has to build anything.",
  fix: "Change the instance type to the one the message names; an instance of EC2 needs an image for arm64 as well. What can't be moved says why in its tag strata:because.",
  links: [
    "https://aws.amazon.com/ec2/graviton/",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html",
  ],
  frameworks: [],
  types: INSTANCE_TYPED,
  config,
  check: (resource, names) => {
    const named = instanceTypesOf(resource);
    if (named === undefined) return [];
    const reason = { given: hasReason(resource, names), what: "whether a tag gives a reason for it", property: "tags" };
    return [judge(resource, `${resource.name} runs on x86`, findings(resource, named), reason)];
  },
});

/** What may also run on Graviton is for pods and tasks of both; one that is on it already is fine. */
function findings(resource: Resource, { service, property, types, unknown }: InstanceTypes): Finding[] {
  if (types.some(isGraviton)) return [];
  const engine = engineAllows(resource);
  if (engine === false) return [];
  const dear = types.flatMap((type): Finding[] => {
    const sibling = isPreviousGeneration(service, type) ? undefined : gravitonSibling(service, type);
    return sibling === undefined
      ? []
      : [{ what: `${type}, by ${property}, has the sibling ${sibling}`, property, unknown: unknown || engine === undefined }];
  });
  return unknown && dear.length === 0 ? [notKnown(property)] : dear;
}

/** Whether what runs on the instance runs on Graviton; undefined when that is not known. */
function engineAllows(resource: Resource): boolean | undefined {
  if (/^aws:rds\//.test(resource.type)) {
    const engine = read(resource, "engine");
    // Without an engine it is a replica: its source has one.
    return engine.state === "known" ? RDS_ENGINES.includes(text(engine) ?? "") : undefined;
  }
  if (!/^aws:mq\//.test(resource.type)) return true;
  const engine = read(resource, "engineType");
  return engine.state === "known" ? /^rabbitmq$/i.test(text(engine) ?? "") : undefined;
}
