import { type Finding, judge } from "../../../lib/finding";
import { faultsOf, type PolicyKind, unknownIn } from "../../../lib/iam/well-formed";
import { readAll, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

/** Where policy documents stand. */
const DOCUMENTS: Readonly<Record<string, readonly (readonly [path: string, kind: PolicyKind])[]>> = {
  "aws:iam/policy:Policy": [["policy", "identity"]],
  "aws:iam/rolePolicy:RolePolicy": [["policy", "identity"]],
  "aws:iam/userPolicy:UserPolicy": [["policy", "identity"]],
  "aws:iam/groupPolicy:GroupPolicy": [["policy", "identity"]],
  "aws:iam/role:Role": [
    ["assumeRolePolicy", "trust"],
    ["inlinePolicies[*].policy", "identity"],
  ],
  "aws:s3/bucketPolicy:BucketPolicy": [["policy", "resource"]],
  "aws:sqs/queuePolicy:QueuePolicy": [["policy", "resource"]],
  "aws:sqs/queue:Queue": [["policy", "resource"]],
  "aws:sns/topicPolicy:TopicPolicy": [["policy", "resource"]],
  "aws:sns/topic:Topic": [["policy", "resource"]],
  "aws:kms/key:Key": [["policy", "resource"]],
  "aws:secretsmanager/secretPolicy:SecretPolicy": [["policy", "resource"]],
  "aws:ecr/repositoryPolicy:RepositoryPolicy": [["policy", "resource"]],
  "aws:backup/vaultPolicy:VaultPolicy": [["policy", "resource"]],
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": [["policyDocument", "resource"]],
  "aws:efs/fileSystemPolicy:FileSystemPolicy": [["policy", "resource"]],
};

/** Nothing is said of a document that is not known at all: as a text, one that names a resource of a new stack is not known before that is made. */
export const policyDocumentIsWellFormed = resourceRule({
  id: "policy-document-is-well-formed",
  title: "Every policy document is one that AWS can read",
  severity: "high",
  why: "AWS refuses a policy with another version than its two, without an effect, an action or a resource, or with a Sid of other characters or twice; it says no more than that it is malformed.",
  fix: "Write Version 2012-10-17 and in each statement Effect, Action and Resource (a Principal in the policy of a resource), and a Sid of letters and digits that no other statement has.",
  links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html"],
  frameworks: [],
  types: Object.keys(DOCUMENTS),
  check: (resource) => {
    const places = DOCUMENTS[resource.type] ?? [];
    const documents = places.flatMap(([path, kind]) => documentsAt(resource, path, kind));
    const findings = documents.flat().filter((one) => one !== undefined);
    const open = findings.length === 0 && documents.includes(undefined);
    return documents.length === 0 || open ? [] : [judge(resource, `AWS can't read the policy of ${resource.name}`, findings)];
  },
});

/** What is found in each document at a path; undefined for one of which nothing is known. */
function documentsAt(resource: Resource, path: string, kind: PolicyKind): (Finding[] | undefined)[] {
  const property = path.split("[")[0] ?? path;
  return readAll(resource, path).map((reading) => {
    if (reading.state !== "known") return undefined;
    const unknown = unknownIn(reading.value).map((part) => ({ what: `${part} is not known yet`, property, unknown: true }));
    return [...faultsOf(reading.value, kind).map((what) => ({ what, property })), ...unknown];
  });
}
