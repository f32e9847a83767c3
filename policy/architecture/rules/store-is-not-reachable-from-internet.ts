import type { Endpoint } from "../../lib/network/endpoints";
import { analyse, INTERNET, type Reachability } from "../../lib/reachability";
import { fail, notEvaluated, pass, stackRule, type Verdict } from "../../lib/rule";

/** Reads who reaches whom from security groups, subnets and routes, so that one open setting alone is no alarm and three together are. */
export const storeIsNotReachableFromInternet = stackRule({
  id: "store-is-not-reachable-from-internet",
  title: "No store is reachable from the internet",
  severity: "critical",
  why: "A database, cache, broker or warehouse that the internet can open a connection to is one leaked password away from being read.",
  fix: "Put the store in isolated subnets, turn its public access off, and let in only the security groups of the services that need it.",
  links: ["https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html"],
  frameworks: [
    { name: "FSBP", id: "RDS.2" },
    { name: "FSBP", id: "Redshift.1" },
    { name: "FSBP", id: "RedshiftServerless.3" },
    { name: "FSBP", id: "Opensearch.2" },
    { name: "FSBP", id: "MSK.4" },
    { name: "Checkov", id: "CKV_AWS_17" },
    { name: "Checkov", id: "CKV_AWS_69" },
    { name: "Checkov", id: "CKV_AWS_87" },
    { name: "Checkov", id: "CKV_AWS_291" },
    { name: "AwsSolutions", id: "OS1" },
    { name: "AwsSolutions", id: "RS8" },
  ],
  check: (stack) => {
    const reachability = analyse(stack);
    const reached = entrances(reachability);
    return reachability.endpoints
      .filter(({ store }) => store)
      .map((store) => verdict(store, reached.get(store.resource.urn) ?? [], reachability));
  },
});

/** By URN, the ports the internet reaches and what opens them. */
function entrances({ reaches }: Reachability): Map<string, string[]> {
  const result = new Map<string, string[]>();
  for (const { from, toUrn, port, ingress } of reaches) {
    if (from !== INTERNET || toUrn === undefined) continue;
    const ports = result.get(toUrn) ?? [];
    ports.push(`${port}${ingress === undefined || ingress === toUrn ? "" : ` (let in by ${ingress})`}`);
    result.set(toUrn, ports);
  }
  return result;
}

function verdict(store: Endpoint, ports: readonly string[], { fromInternet }: Reachability): Verdict {
  const { urn } = store.resource;
  if (ports.length > 0) return fail(urn, `${store.name} is reachable from the internet on port ${ports.join(", ")}`);
  const [doubt] = fromInternet.get(urn) ?? [];
  return doubt === undefined ? pass(urn) : notEvaluated(urn, doubt.why, doubt.property);
}
