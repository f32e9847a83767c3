import { z } from "zod";
import { type Copies, ECS_SERVICE, podsOf, runsOnEachHost, tasksOf } from "../../lib/copies";
import { declaredServiceOf, SERVICE_COMPONENT } from "../../lib/declared-service";
import type { StackGraph } from "../../lib/graph";
import { DEPLOYMENT, STATEFUL_SET } from "../../lib/pods";
import { every, not, read, readFlag, some, type StackResource, text, type Tri } from "../../lib/resource";
import { fail, notEvaluated, pass, stackRule, type Verdict } from "../../lib/rule";

const RUNNERS = [ECS_SERVICE, DEPLOYMENT, STATEFUL_SET];
const MINIMUM = 2;

const config = z.strictObject({
  everyService: z
    .boolean()
    .default(false)
    .describe("True to ask it of every service, also of those that are not declared critical. Jobs and legacy workloads stay out."),
  minimum: z.int().min(MINIMUM).default(MINIMUM).describe("Fewest tasks or pods of such a service."),
});

type Settings = z.output<typeof config>;

/**
 * What a service declares says whether it is critical; an enclosing component that declares `durable: false` says that nothing in it is. A
 * function has no copies to count, a job none that stay, and a daemon service one on each host.
 */
export const serviceHasNoSingleCopy = stackRule({
  id: "service-has-no-single-copy",
  title: "No critical service runs as a single task or pod",
  severity: "high",
  why: "One copy is gone with its host, its zone and every deployment that goes wrong, and with it the service.",
  fix: "Raise minimumCopies of the environment or the service, minCapacity of its scaling target, or minReplicas of its HorizontalPodAutoscaler, to 2 or more.",
  links: ["https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_multiaz_region_system.html"],
  frameworks: [],
  config,
  check: (stack, settings) => [
    ...stack.ofType(SERVICE_COMPONENT).flatMap((service) => declaredVerdicts(service, stack, settings)),
    ...(settings.everyService ? undeclaredVerdicts(stack, settings) : []),
  ],
});

function declaredVerdicts(service: StackResource, stack: StackGraph, { everyService, minimum }: Settings): Verdict[] {
  const target = text(read(service, "target"));
  const asked = isAsked(service, stack, everyService);
  if (asked === false || target === "fargate-job") return [];
  if (target === "lambda") return [pass(service.urn)];
  const runners = stack.descendants(service, RUNNERS);
  if (runners.length === 0) return [notEvaluated(service.urn, "no workload in the stack was made for it")];
  return runners.flatMap((runner) => {
    const [verdict] = runnerVerdicts(runner, copiesOf(runner, stack), minimum);
    if (verdict === undefined) return [];
    return asked === undefined && verdict.kind === "fail"
      ? [notEvaluated(runner.urn, "whether its service is critical is not known yet", "critical")]
      : [verdict];
  });
}

/** Whether a declared service must have several copies. */
function isAsked(service: StackResource, stack: StackGraph, everyService: boolean): Tri {
  const durable = [service, ...stack.ancestors(service)].map((component) => readFlag(component, "durable", true));
  const ordinary = everyService ? not(readFlag(service, "legacy", false)) : false;
  return every([...durable, some([readFlag(service, "critical", false), ordinary])]);
}

/** What no service declares has no target and no criticality: a service that scales from zero is a worker, which need not run at all. */
function undeclaredVerdicts(stack: StackGraph, { minimum }: Settings): Verdict[] {
  return stack
    .ofType(ECS_SERVICE, DEPLOYMENT)
    .filter((runner) => declaredServiceOf(runner, stack) === undefined)
    .flatMap((runner) => {
      const copies = copiesOf(runner, stack);
      return copies?.fewest === 0 ? [] : runnerVerdicts(runner, copies, minimum);
    });
}

/** Undefined where there is one copy on each host. */
function copiesOf(runner: StackResource, stack: StackGraph): Copies | undefined {
  if (runner.type !== ECS_SERVICE) return podsOf(runner, stack);
  return runsOnEachHost(runner) ? undefined : tasksOf(runner, stack);
}

function runnerVerdicts({ urn, name, type }: StackResource, copies: Copies | undefined, minimum: number): Verdict[] {
  if (copies === undefined) return [];
  const { fewest, property } = copies;
  const what = type === ECS_SERVICE ? "task" : "pod";
  if (fewest === undefined) return [notEvaluated(urn, `how many ${what}s it has is not known yet`, property)];
  if (fewest >= minimum) return [pass(urn)];
  return [fail(urn, `${name} may run as ${fewest} ${what}${fewest === 1 ? "" : "s"}, by ${property}; ${minimum} are asked for`, property)];
}
