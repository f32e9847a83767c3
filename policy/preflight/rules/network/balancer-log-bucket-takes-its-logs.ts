import { ELB_LOG_WRITERS } from "../../../../facts/limits-elb";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { BALANCERS, balancerType } from "../../../lib/network/balancers";
import { listed, type PolicyStatement, statementsOf } from "../../../lib/policy-document";
import { isObject, type Json, read, readAll, readFlag, some, type StackResource, text } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";
import { bucketParts, BUCKETS } from "../../../lib/stores/buckets";

const ENCRYPTION = "rules[*].applyServerSideEncryptionByDefault.sseAlgorithm";
const LOGS = ["accessLogs", "connectionLogs"];
/** The root of an account, as the policy of older regions names the writer. */
const ACCOUNT = /^(\d{12}|arn:[^:]+:iam::\d{12}:root)$/;

/** Looks at load balancers that write log files to a bucket of the stack; a bucket from outside is not known here. */
export const balancerLogBucketTakesItsLogs = stackRule({
  id: "balancer-log-bucket-takes-its-logs",
  title: "The bucket for a load balancer's log files lets AWS write them",
  severity: "high",
  why: "AWS tries the bucket when it makes the load balancer, and refuses logs without a policy for the writer or, of an application load balancer, with a KMS key.",
  fix: "Give the bucket a BucketPolicy that allows s3:PutObject to logdelivery.elasticloadbalancing.amazonaws.com, and sseAlgorithm AES256 rather than aws:kms.",
  links: [ELB_LOG_WRITERS.source],
  frameworks: [],
  check: (stack) =>
    stack.ofType(...BALANCERS).flatMap((balancer) => LOGS.flatMap((property) => verdicts(balancer, property, stack)).slice(0, 1)),
});

function verdicts(balancer: StackResource, property: string, graph: StackGraph): Verdict[] {
  if (readFlag(balancer, `${property}.enabled`, false) === false) return [];
  const bucket = graph.reference(balancer, `${property}.bucket`, BUCKETS);
  if (bucket === undefined || bucket.kind === "external") return [];
  const fault = `${balancer.name} can't write its log files`;
  if (bucket.kind === "unknown")
    return [judge(balancer, fault, [{ what: `the bucket of ${property} is not known yet`, property, unknown: true }])];
  const { resource } = bucket;
  return [judge(balancer, fault, [...keyFindings(balancer, resource, property, graph), ...policyFindings(resource, property, graph)])];
}

/** A bucket without the setting has keys of S3. */
function keyFindings(balancer: StackResource, bucket: StackResource, property: string, graph: StackGraph): Finding[] {
  const type = balancerType(balancer);
  if (type === "network") return [];
  const inside = readAll(bucket, `serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.sseAlgorithm`);
  const parts = bucketParts(bucket, graph, "BucketServerSideEncryptionConfiguration").flatMap((part) => readAll(part, ENCRYPTION));
  return [...inside, ...parts].flatMap((algorithm): Finding[] => {
    if (algorithm.state === "unknown") return [{ what: `how ${bucket.name} is encrypted is not known yet`, property, unknown: true }];
    if (text(algorithm) === "AES256") return [];
    if (type === undefined) return [notKnown("loadBalancerType")];
    return [{ what: `${bucket.name} is encrypted with ${text(algorithm) ?? "another key"}`, property }];
  });
}

function policyFindings(bucket: StackResource, property: string, graph: StackGraph): Finding[] {
  const policies = bucketParts(bucket, graph, "BucketPolicy").map((part) => read(part, "policy"));
  const inside = read(bucket, "policy");
  const documents = inside.state === "absent" ? policies : [...policies, inside];
  const admits = some(documents.map((document) => statementsOf(document)?.some(letsWriterPut)));
  if (admits === undefined) return [{ what: `the policy of ${bucket.name} is not known yet`, property, unknown: true }];
  return admits ? [] : [{ what: `no policy of ${bucket.name} lets ${ELB_LOG_WRITERS.services[0] ?? ""} write`, property }];
}

function letsWriterPut({ Effect: effect, Principal: principal, Action: action }: PolicyStatement): boolean {
  return effect === "Allow" && listed(action).some(puts) && isWriter(principal);
}

function puts(action: Json): boolean {
  return typeof action === "string" && ["*", "s3:*", "s3:put*", "s3:putobject", "s3:putobject*"].includes(action.toLowerCase());
}

function isWriter(principal: Json | undefined): boolean {
  if (principal === "*") return true;
  if (!isObject(principal)) return false;
  const services = listed(principal["Service"]).some((service) => ELB_LOG_WRITERS.services.some((writer) => writer === service));
  return services || listed(principal["AWS"]).some((account) => typeof account === "string" && (account === "*" || ACCOUNT.test(account)));
}
