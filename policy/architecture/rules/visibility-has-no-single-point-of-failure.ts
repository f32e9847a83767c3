import { z } from "zod";
import { type Copies, ECS_SERVICE, podsOf, runsOnEachHost, tasksOf } from "../../lib/copies";
import { DURABLE_CONFIG, isDurable } from "../../lib/durable";
import { type Finding, judge } from "../../lib/finding";
import type { StackGraph } from "../../lib/graph";
import { DEPLOYMENT, podSpecOf, STATEFUL_SET } from "../../lib/pods";
import { hasReason, REASON_CONFIG } from "../../lib/reason";
import { elements, read, readPath, some, type StackResource, text } from "../../lib/resource";
import { stackRule, type Verdict } from "../../lib/rule";

const PROGRAMS = [ECS_SERVICE, DEPLOYMENT, STATEFUL_SET];
const MINIMUM = 2;
const ZONE_LABELS = ["topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"];

const config = z.strictObject({
  ...DURABLE_CONFIG,
  ...REASON_CONFIG,
  components: z
    .array(z.string().min(1))
    .min(1)
    .default(["strata:visibility:"])
    .describe("How the types of components start that make up the visibility layer."),
});

/** Of durable environments: the programs inside components of the visibility layer. One on every host has no number to raise. */
export const visibilityHasNoSinglePointOfFailure = stackRule({
  id: "visibility-has-no-single-point-of-failure",
  title: "No program of the visibility layer runs once or in one zone",
  severity: "high",
  why: "What shows a failure must not fail with it: with the one host or zone of a metrics or log store, everybody is blind at the moment they look.",
  fix: "Give the program two copies or more and subnets or nodes of several zones, or say in the tag strata:because or the annotation strata.dev/because why one is enough.",
  links: ["https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_monitor_aws_resources_monitor_resources.html"],
  frameworks: [],
  config,
  check: (stack, { durable, components, ...names }) =>
    stack.ofType(...PROGRAMS).flatMap((program): Verdict[] => {
      const asked = isPart(program, stack, components) && isDurable(program, stack, durable);
      if (asked === false) return [];
      const copies = copiesOf(program, stack);
      if (copies === undefined) return [];
      const reason = hasReason(program, names);
      const excuse =
        asked === undefined
          ? { given: undefined, what: "whether its environment is durable", property: "durable" }
          : { given: reason, what: "whether it gives a reason", property: "tags" };
      return [judge(program, `${program.name} is a single point of failure`, [...tooFew(copies), ...inOneZone(program)], excuse)];
    }),
});

function isPart(program: StackResource, stack: StackGraph, components: readonly string[]): boolean {
  for (const { type } of stack.ancestors(program)) if (components.some((start) => type.startsWith(start))) return true;
  return false;
}

/** Undefined where there is one copy on each host. */
function copiesOf(program: StackResource, stack: StackGraph): Copies | undefined {
  if (program.type !== ECS_SERVICE) return podsOf(program, stack);
  return runsOnEachHost(program) ? undefined : tasksOf(program, stack);
}

function tooFew({ fewest, property }: Copies): Finding[] {
  if (fewest === undefined) return [{ what: `how many copies it has is not known yet`, property, unknown: true }];
  return fewest >= MINIMUM ? [] : [{ what: `it has ${fewest === 1 ? "one copy" : "no copy"}, by ${property}`, property }];
}

/** What keeps all copies in one zone: the only subnet of tasks, or a zone that pods are pinned to. */
function inOneZone(program: StackResource): Finding[] {
  if (program.type === ECS_SERVICE) return inOneSubnet(program);
  const { path, reading } = podSpecOf(program);
  if (reading.state === "unknown") return [{ what: "its pods are not known yet", property: path, unknown: true }];
  const pinned = ZONE_LABELS.map((label) => read(program, `${path}.nodeSelector["${label}"]`));
  const [zone] = pinned.flatMap((found) => text(found) ?? []);
  const property = `${path}.nodeSelector`;
  if (zone !== undefined) return [{ what: `its pods are pinned to ${zone}`, property }];
  return some(pinned.map(({ state }) => (state === "unknown" ? undefined : false))) === undefined
    ? [{ what: "which nodes its pods choose is not known yet", property, unknown: true }]
    : [];
}

function inOneSubnet(program: StackResource): Finding[] {
  const property = "networkConfiguration";
  const network = read(program, property);
  if (network.state === "absent") return [];
  const subnets = network.state === "known" ? readPath(network.value, "subnets") : network;
  if (subnets.state === "unknown") return [{ what: "its subnets are not known yet", property, unknown: true }];
  return elements(subnets).length < MINIMUM ? [{ what: "its tasks stand in one subnet, and so in one zone", property }] : [];
}
