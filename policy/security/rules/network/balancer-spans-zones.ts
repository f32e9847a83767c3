import { type Finding, judge } from "../../../lib/finding";
import { BALANCERS } from "../../../lib/network/balancers";
import { CLASSIC_BALANCERS } from "../../../lib/network/http-balancers";
import { read, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

/** Where a load balancer says in which zones it stands: AWS takes one subnet a zone, so that two subnets are two zones. */
const PLACES = ["subnets", "subnetMappings", "availabilityZones"];

export const balancerSpansZones = resourceRule({
  id: "balancer-spans-zones",
  title: "Every load balancer stands in at least two zones",
  severity: "medium",
  why: "A load balancer in one zone is gone with it, and with it every service behind it, however many zones those stand in.",
  fix: "Give the load balancer a subnet in each of at least two zones, by subnets or subnetMappings.",
  links: ["https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#availability-zones"],
  frameworks: [
    { name: "FSBP", id: "ELB.10" },
    { name: "FSBP", id: "ELB.13" },
  ],
  types: [...BALANCERS, ...CLASSIC_BALANCERS],
  check: (balancer) => [judge(balancer, `${balancer.name} is gone with one zone`, findings(balancer))],
});

function findings(balancer: Resource): Finding[] {
  const places = PLACES.map((property) => ({ property, reading: read(balancer, property) })).filter(
    ({ reading }) => reading.state !== "absent",
  );
  const counts = places.map(({ reading }) =>
    reading.state === "known" && Array.isArray(reading.value) ? reading.value.length : undefined,
  );
  const [first] = places;
  const property = first?.property ?? "subnets";
  if (counts.some((count) => count !== undefined && count > 1)) return [];
  if (counts.length === 0 || counts.includes(undefined))
    return [{ what: "in how many zones it has subnets is not known yet", property, unknown: true }];
  const total = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return total > 1 ? [] : [{ what: `it has ${total === 1 ? "one subnet" : "no subnets"}`, property }];
}
