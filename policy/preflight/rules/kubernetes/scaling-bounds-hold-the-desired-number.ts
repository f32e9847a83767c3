import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { number, read, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

/** Where a resource says how many there may be, and how many there are at first. */
interface Bounds {
  readonly least: string;
  readonly most: string;
  readonly desired?: string;
  /** What leaving `least` out means; absent where that can't be said. */
  readonly leastByDefault?: number;
  /** The fewest that `most` may be. */
  readonly mostAtLeast: number;
}

const HPA = { least: "spec.minReplicas", most: "spec.maxReplicas", leastByDefault: 1, mostAtLeast: 1 };

/** Sources: the API reference of each service, and HorizontalPodAutoscaler of the Kubernetes API reference (2026-11). */
const BOUNDS: Readonly<Record<string, Bounds>> = {
  "aws:eks/nodeGroup:NodeGroup": {
    least: "scalingConfig.minSize",
    most: "scalingConfig.maxSize",
    desired: "scalingConfig.desiredSize",
    mostAtLeast: 1,
  },
  "aws:autoscaling/group:Group": { least: "minSize", most: "maxSize", desired: "desiredCapacity", mostAtLeast: 0 },
  "aws:appautoscaling/target:Target": { least: "minCapacity", most: "maxCapacity", mostAtLeast: 0 },
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler": HPA,
  "kubernetes:autoscaling/v1:HorizontalPodAutoscaler": HPA,
};

export const scalingBoundsHoldTheDesiredNumber = resourceRule({
  id: "scaling-bounds-hold-the-desired-number",
  title: "What scales has at least as many as its least and at most as many as its most",
  severity: "high",
  why: "A least above the most, or a desired number outside of them, is refused when the cluster or the service that is to be scaled has been made.",
  fix: "Set the least, the desired and the most in rising order: minSize, desiredSize and maxSize, or minReplicas and maxReplicas.",
  links: ["https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html"],
  frameworks: [],
  types: Object.keys(BOUNDS),
  check: (resource) => {
    const bounds = BOUNDS[resource.type];
    return bounds === undefined ? [] : [judge(resource, `the bounds of ${resource.name} are refused`, boundFindings(resource, bounds))];
  },
});

function boundFindings(resource: Resource, { least, most, desired, leastByDefault, mostAtLeast }: Bounds): Finding[] {
  const min = number(read(resource, least)) ?? (read(resource, least).state === "absent" ? leastByDefault : undefined);
  const max = number(read(resource, most));
  const wanted = desired === undefined ? undefined : number(read(resource, desired));
  const findings: Finding[] = [];
  if (max !== undefined && max < mostAtLeast) findings.push({ what: `${most} is ${max}`, property: most });
  if (min !== undefined && max !== undefined && min > max)
    findings.push({ what: `${least} ${min} is above ${most} ${max}`, property: least });
  if (desired !== undefined && wanted !== undefined) {
    if (min !== undefined && wanted < min) findings.push({ what: `${desired} ${wanted} is below ${least} ${min}`, property: desired });
    if (max !== undefined && wanted > max) findings.push({ what: `${desired} ${wanted} is above ${most} ${max}`, property: desired });
  }
  const paths = [least, most, ...(desired === undefined ? [] : [desired])];
  const unknown = paths.filter((path) => read(resource, path).state === "unknown");
  return [...findings, ...unknown.map(notKnown)];
}
