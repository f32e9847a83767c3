import { z } from "zod";
import { TASK_DEFINITION } from "../../lib/containers";
import { ifAsked } from "../../lib/asked";
import { notKnown } from "../../lib/expect";
import { type Finding, judge } from "../../lib/finding";
import { LAMBDA } from "../../lib/price/compute";
import { KARPENTER_POOL } from "../../lib/price/clusters";
import { hasReason, REASON_CONFIG } from "../../lib/reason";
import { elements, every, read, type Reading, readPath, type Resource, some, text, type Tri } from "../../lib/resource";
import { resourceRule } from "../../lib/rule";

const COMPATIBILITIES = "requiresCompatibilities";
const config = z.strictObject({ reasonTag: REASON_CONFIG.reasonTag });

const KINDS: Readonly<Record<string, (resource: Resource) => readonly Finding[] | undefined>> = {
  [LAMBDA]: ofFunction,
  [TASK_DEFINITION]: ofTask,
  [KARPENTER_POOL]: ofNodePool,
};

/** What has no instance of its own to choose: functions, Fargate tasks, and nodes that Karpenter starts. Windows only runs on x86. */
export const codeRunsOnArm = resourceRule({
  id: "code-runs-on-arm",
  title: "Functions, tasks on Fargate and nodes run on arm64, unless a tag says why not",
  severity: "low",
  why: "The same work costs a fifth less on Graviton, for Lambda as for Fargate, and most code in an interpreted language runs on it as it is.",
  fix: "Set architectures to arm64, runtimePlatform.cpuArchitecture to ARM64, or kubernetes.io/arch to arm64, and build the image for it; what can't be moved says why in its tag strata:because.",
  links: [
    "https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html",
  ],
  frameworks: [],
  types: Object.keys(KINDS),
  config,
  check: (resource, names) => {
    const findings = KINDS[resource.type]?.(resource);
    if (findings === undefined) return [];
    const reason = { given: hasReason(resource, names), what: "whether a tag gives a reason for it", property: "tags" };
    return [judge(resource, `${resource.name} runs on x86`, findings, reason)];
  },
});

/** Source: `architectures` of aws.lambda.Function, default `["x86_64"]` (2026-11). */
function ofFunction(lambda: Resource): Finding[] {
  const property = "architectures";
  const architectures = read(lambda, property);
  if (architectures.state === "absent") return [{ what: `it names no ${property}, which is x86_64`, property }];
  const [first] = elements(architectures);
  if (first?.state === "unknown") return [notKnown(property)];
  return first !== undefined && text(first) === "arm64" ? [] : [{ what: `${property} is x86_64`, property }];
}

/** Tasks on instances have the architecture of their instances. Source: `runtimePlatform` of aws.ecs.TaskDefinition, default X86_64 (2026-11). */
function ofTask(task: Resource): readonly Finding[] | undefined {
  const onFargate = some(
    elements(read(task, COMPATIBILITIES)).map((one) => (one.state === "unknown" ? undefined : text(one) === "FARGATE")),
  );
  const findings = onFargate === false ? undefined : ofPlatform(task);
  return findings && ifAsked(onFargate, findings, notKnown(COMPATIBILITIES));
}

function ofPlatform(task: Resource): Finding[] | undefined {
  const property = "runtimePlatform.cpuArchitecture";
  const system = read(task, "runtimePlatform.operatingSystemFamily");
  if (/^WINDOWS/.test(text(system) ?? "")) return undefined;
  const architecture = read(task, property);
  if (architecture.state === "unknown" || system.state === "unknown") return [notKnown(property)];
  if (architecture.state === "absent") return [{ what: `it names no ${property}, which is X86_64`, property }];
  return text(architecture) === "ARM64" ? [] : [{ what: `${property} is X86_64`, property }];
}

/** A pool that leaves the architecture open takes what is cheapest for the pods. */
function ofNodePool(pool: Resource): Finding[] {
  const property = "spec.template.spec.requirements";
  const requirements = elements(read(pool, property));
  if (requirements.some(({ state }) => state === "unknown")) return [notKnown(property)];
  return requirements.flatMap((requirement): readonly Finding[] => {
    const values = elements(at(requirement, "values"));
    if (values.length === 0 || values.some((value) => text(value) === "arm64")) return [];
    const found = values.some(({ state }) => state === "unknown") ? notKnown(property) : { what: "kubernetes.io/arch is amd64", property };
    return ifAsked(isOfArchitecture(requirement), [found], notKnown(property));
  });
}

/** Whether a requirement lists the architectures of nodes. */
function isOfArchitecture(requirement: Reading): Tri {
  const is = (path: string, word: string): Tri => {
    const reading = at(requirement, path);
    return reading.state === "unknown" ? undefined : text(reading) === word;
  };
  return every([is("key", "kubernetes.io/arch"), is("operator", "In")]);
}

function at(requirement: Reading, path: string): Reading {
  return requirement.state === "known" ? readPath(requirement.value, path) : requirement;
}
