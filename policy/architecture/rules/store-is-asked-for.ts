import { analyse, type Reachability } from "../../lib/reachability";
import type { StackGraph } from "../../lib/graph";
import { type Grant, grantsOf } from "../../lib/grants";
import type { StackResource } from "../../lib/resource";
import { fail, notEvaluated, pass, stackRule, type Verdict } from "../../lib/rule";

const TABLE = "aws:dynamodb/table:Table";

/**
 * A store in a VPC is asked for when a workload's security groups lead to it, a DynamoDB table when an IAM policy grants something on it.
 * S3 buckets are left out: AWS itself writes logs to them, and nothing in a stack tells such a bucket from a forgotten one.
 */
export const storeIsAskedFor = stackRule({
  id: "store-is-asked-for",
  title: "No store exists that nobody asked for",
  severity: "medium",
  why: "A store that no workload can use is paid for, patched and backed up for nothing, and its data has no owner.",
  fix: "Remove the store, or declare the need in the service that uses it, so that it gets its security-group rule or its grant.",
  links: [
    "https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/cost_decomissioning_resources_implement_process.html",
  ],
  frameworks: [],
  check: (stack) => [...inNetwork(analyse(stack)), ...tables(stack)],
});

function inNetwork({ endpoints, reaches, inward, outward }: Reachability): Verdict[] {
  const asked = new Set(reaches.flatMap(({ fromUrn, toUrn }) => (fromUrn === undefined || toUrn === undefined ? [] : [toUrn])));
  const [open] = [...outward.values()].flat();
  return endpoints
    .filter(({ store }) => store)
    .map(({ resource: { urn }, name }) => {
      if (asked.has(urn)) return pass(urn);
      const [doubt = open] = inward.get(urn) ?? [];
      if (doubt !== undefined) return notEvaluated(urn, `${doubt.why} (${doubt.urn})`, doubt.property);
      return fail(urn, `nothing in the stack can reach ${name}: no workload has both a way out to it and a way in`);
    });
}

function tables(stack: StackGraph): Verdict[] {
  const all = stack.ofType(TABLE);
  if (all.length === 0) return [];
  const grants = stack.once(grantsOf);
  return all.map((table) => tableVerdict(table, grants.on(table, "dynamodb")));
}

function tableVerdict({ urn, name }: StackResource, grant: Grant): Verdict {
  if (grant.state === "granted") return pass(urn);
  if (grant.state === "unknown") return notEvaluated(urn, grant.why);
  return fail(urn, `no IAM policy in the stack grants anything on the table ${name}`);
}
