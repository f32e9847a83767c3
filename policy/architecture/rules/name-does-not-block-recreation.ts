import { z } from "zod";
import { REPLACEMENTS } from "../../../facts/replacements";
import { isMadeUp } from "../../lib/names";
import { hasReason, REASON_CONFIG } from "../../lib/reason";
import { read, type Resource, text } from "../../lib/resource";
import { fail, notEvaluated, pass, resourceRule, type Verdict } from "../../lib/rule";

/** What a type is called itself, where Pulumi makes a name up unless it is given one. Names of other resources are left out. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  "aws:rds/cluster:Cluster": "clusterIdentifier",
  "aws:rds/clusterInstance:ClusterInstance": "identifier",
  "aws:rds/instance:Instance": "identifier",
  "aws:redshift/cluster:Cluster": "clusterIdentifier",
  "aws:elasticache/replicationGroup:ReplicationGroup": "replicationGroupId",
  "aws:msk/cluster:Cluster": "clusterName",
  "aws:msk/serverlessCluster:ServerlessCluster": "clusterName",
  "aws:mq/broker:Broker": "brokerName",
  "aws:opensearch/domain:Domain": "domainName",
  "aws:s3/bucket:Bucket": "bucket",
  "aws:eks/nodeGroup:NodeGroup": "nodeGroupName",
};

/** Types whose `name` is no name of their own, must be given, or may be the same twice. */
const OTHER_NAMES: ReadonlySet<string> = new Set([
  "aws:msk/topic:Topic",
  "aws:ecs/taskDefinition:TaskDefinition",
  "aws:ec2/vpc:Vpc",
  "aws:ec2/subnet:Subnet",
]);

/** Names that AWS looks for, such as that of the log group of a cluster. */
const DICTATED = /^\/aws\//;

/** By type: its own name, and the other properties whose change replaces it. */
const NAMED: ReadonlyMap<string, { readonly name: string; readonly replacing: readonly string[] }> = new Map(
  Object.entries(REPLACEMENTS).flatMap(([type, { properties }]) => {
    const name = OWN_NAMES[type] ?? (OTHER_NAMES.has(type) ? undefined : "name");
    const paths = properties.map(({ path }) => path);
    if (name === undefined || !paths.includes(name)) return [];
    const replacing = paths.filter((path) => path !== name && path !== "region" && !path.endsWith("Prefix"));
    return replacing.length > 0 ? [[type, { name, replacing }] as const] : [];
  }),
);

const EXAMPLES = 3;

const config = z.strictObject({ reasonTag: REASON_CONFIG.reasonTag });

/**
 * Pulumi makes the new resource first and then deletes the old one, unless told otherwise. A name is taken for made up when it is the resource's
 * own with a hyphen and seven hexadecimal digits behind it, which is how Pulumi makes one.
 */
export const nameDoesNotBlockRecreation = resourceRule({
  id: "name-does-not-block-recreation",
  title: "No fixed name keeps a resource from being replaced",
  severity: "medium",
  why: "A replacement is made before the old one is deleted, and AWS refuses a second resource of the same name: the change fails halfway, and can only be made by hand.",
  fix: "Leave the name out, so that Pulumi makes one up, or use a prefix; where others must know it, set deleteBeforeReplace and accept the gap, or say why in the tag strata:because.",
  links: ["https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming"],
  frameworks: [],
  types: [...NAMED.keys()],
  config,
  check: (resource, { reasonTag }) => verdicts(resource, reasonTag),
});

function verdicts(resource: Resource, reasonTag: string): Verdict[] {
  const { urn, type } = resource;
  const kind = NAMED.get(type);
  if (kind === undefined) return [];
  const reading = read(resource, kind.name);
  if (reading.state === "absent" || resource.deleteBeforeReplace === true) return [pass(urn)];
  if (reading.state === "unknown") return [notEvaluated(urn, `${kind.name} is not known yet`, kind.name)];
  const name = text(reading) ?? "";
  if (isMadeUp(name, resource.name) || DICTATED.test(name)) return [pass(urn)];
  const reason = hasReason(resource, { reasonTag });
  if (reason === true) return [pass(urn)];
  if (reason === undefined) return [notEvaluated(urn, "whether it gives a reason is not known yet", "tags")];
  const more = kind.replacing.length - EXAMPLES;
  const changes = `${kind.replacing.slice(0, EXAMPLES).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  return [fail(urn, `${resource.name} has the fixed ${kind.name} "${name}"; a change of ${changes} replaces it`, kind.name)];
}
