import { ifAsked } from "../../../lib/asked";
import { Attachments } from "../../../lib/attachments";
import { ECS_CLUSTER } from "../../../lib/containers";
import { unless } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { unlessGiven } from "../../../lib/given";
import { read, readFlag, some, type StackResource, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const SERVICES = ["aws:ecs/service:Service"];
const COMMANDS = "configuration.executeCommandConfiguration";

/**
 * Of clusters that say something about ECS Exec, and those of services that turn it on. By itself it writes to the log of the container, where
 * that is `awslogs`, with a key of AWS.
 */
export const execIsLoggedAndEncrypted = stackRule({
  id: "exec-is-logged-and-encrypted",
  title: "Every command that a person runs in a container is logged, and encrypted with a customer key",
  severity: "medium",
  why: "ECS Exec is a shell in production with the role of the service: without a log nobody can say who read or changed what there.",
  fix: "Set configuration.executeCommandConfiguration of the cluster: logging OVERRIDE, a kmsKeyId, and a logConfiguration with an encrypted log group or bucket.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html"],
  frameworks: [
    { name: "Checkov", id: "CKV_AWS_223" },
    { name: "Checkov", id: "CKV_AWS_224" },
  ],
  check: (stack) => {
    const services = new Attachments(stack, SERVICES, "cluster", [ECS_CLUSTER]);
    return stack.ofType(ECS_CLUSTER).flatMap((cluster) => {
      const used = isUsed(cluster, services);
      if (used === false) return [];
      const doubt = { what: "whether a service of it turns ECS Exec on is not known yet", property: "configuration" };
      return [judge(cluster, `commands in cluster ${cluster.name} leave no safe trace`, ifAsked(used, findings(cluster), doubt))];
    });
  },
});

function isUsed(cluster: StackResource, services: Attachments): Tri {
  if (read(cluster, COMMANDS).state !== "absent") return true;
  return some(services.of(cluster).map((service) => readFlag(service, "enableExecuteCommand", false)));
}

function findings(cluster: StackResource): Finding[] {
  const logging = unless(cluster, `${COMMANDS}.logging`, {
    accepts: (value) => value === "OVERRIDE",
    absent: "wrong",
    what: `${COMMANDS}.logging is not OVERRIDE`,
  });
  return [...logging, ...encryptionFindings(cluster), ...unlessGiven(cluster, `${COMMANDS}.kmsKeyId`, "its sessions have no kmsKeyId")].map(
    (finding) => ({ ...finding, property: "configuration" }),
  );
}

function encryptionFindings(cluster: StackResource): Finding[] {
  const flags = ["cloudWatchEncryptionEnabled", "s3BucketEncryptionEnabled"].map((flag) =>
    readFlag(cluster, `${COMMANDS}.logConfiguration.${flag}`, false),
  );
  const on = some(flags);
  if (on === true) return [];
  if (on === undefined) return [{ what: "whether its log is encrypted is not known yet", property: "configuration", unknown: true }];
  return [{ what: "its logConfiguration has no encryption", property: "configuration" }];
}
