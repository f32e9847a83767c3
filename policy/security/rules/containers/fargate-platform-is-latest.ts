import { type Finding, judge } from "../../../lib/finding";
import { read, readAll, type Resource, text, type Tri } from "../../../lib/resource";
import { notEvaluated, resourceRule, type Verdict } from "../../../lib/rule";

/** What starts tasks, and where it says how: `""` is the resource itself. */
const STARTERS: Readonly<Record<string, string>> = {
  "aws:ecs/service:Service": "",
  "aws:ecs/taskSet:TaskSet": "",
  "aws:cloudwatch/eventTarget:EventTarget": "ecsTarget.",
  "aws:scheduler/schedule:Schedule": "target.ecsParameters.",
};
/** Where each of them names capacity providers. */
const PROVIDERS = ["capacityProviderStrategies", "capacityProviderStrategy"];

/** Of what runs on Fargate: only there is a version of the platform. Left out, it is LATEST. */
export const fargatePlatformIsLatest = resourceRule({
  id: "fargate-platform-is-latest",
  title: "Every task on Fargate starts on the latest version of the platform",
  severity: "low",
  why: "A pinned version keeps its kernel and its container runtime when a newer one mends a hole in them, until AWS takes it away.",
  fix: "Leave platformVersion out, or set it to LATEST.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html"],
  frameworks: [
    { name: "FSBP", id: "ECS.10" },
    { name: "Checkov", id: "CKV_AWS_332" },
  ],
  types: Object.keys(STARTERS),
  check: (starter): Verdict[] => {
    const at = STARTERS[starter.type] ?? "";
    const onFargate = isOnFargate(starter, at);
    if (onFargate === undefined) return [notEvaluated(starter.urn, "whether it runs on Fargate is not known yet", `${at}launchType`)];
    if (!onFargate) return [];
    return [judge(starter, `${starter.name} starts tasks on a pinned platform`, findings(starter, `${at}platformVersion`))];
  },
});

/** A capacity provider of which the name is not known yet is being made, and AWS makes those of Fargate. */
function isOnFargate(starter: Resource, at: string): Tri {
  const launchType = read(starter, `${at}launchType`);
  if (text(launchType) === "FARGATE" || read(starter, `${at}platformVersion`).state !== "absent") return true;
  const named = PROVIDERS.flatMap((list) => readAll(starter, `${at}${list}[*].capacityProvider`));
  if (named.some((provider) => text(provider)?.startsWith("FARGATE"))) return true;
  return launchType.state === "unknown" ? undefined : false;
}

function findings(starter: Resource, path: string): Finding[] {
  const property = path.split(".")[0] ?? path;
  const version = read(starter, path);
  if (version.state === "unknown") return [{ what: `${path} is not known yet`, property, unknown: true }];
  const name = text(version) ?? "LATEST";
  return name.toUpperCase() === "LATEST" ? [] : [{ what: `${path} is ${name}`, property }];
}
