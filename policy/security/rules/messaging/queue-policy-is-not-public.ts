import { judge } from "../../../lib/finding";
import { publicFinding } from "../../../lib/iam/resource-policies";
import { documentFindings, found, hasEffect, isEverything, someOf, valuesOf } from "../../../lib/iam/statements";
import { every, read } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { QUEUE } from "../../../lib/stores/store-rule";

export const queuePolicyIsNotPublic = resourceRule({
  id: "queue-policy-is-not-public",
  title: "No policy of a queue lets everyone in, or anyone do everything",
  severity: "critical",
  why: "Whoever may send makes the services behind the queue do his work, and whoever may receive takes their work away.",
  fix: "Name the roles or the service in Principal, for a service with a Condition on aws:SourceArn, and the actions such as sqs:SendMessage in Action.",
  links: ["https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html"],
  frameworks: [
    { name: "FSBP", id: "SQS.3" },
    { name: "Checkov", id: "CKV_AWS_72" },
    { name: "Checkov", id: "CKV_AWS_168" },
    { name: "Checkov", id: "CKV_AWS_387" },
  ],
  types: [QUEUE, "aws:sqs/queuePolicy:QueuePolicy"],
  check: (queue) => {
    const policy = read(queue, "policy");
    if (policy.state === "absent") return [];
    const findings = documentFindings(policy, "policy", (statement, name) => {
      const all = someOf(valuesOf(statement["Action"]), (action) => isEverything(action) || /^sqs:\*+$/i.test(action));
      const everything = found(every([hasEffect(statement, "Allow"), all]), `${name} allows every action`, "policy");
      return [...publicFinding(statement, name, "policy"), ...everything];
    });
    return [judge(queue, `${queue.name} lets too many do too much`, findings)];
  },
});
