import { z } from "zod";
import { type Finding, judge } from "../../../lib/finding";
import { isNamed, serviceAccountOf } from "../../../lib/kubernetes/service-accounts";
import { podSpecOf, POD_TYPES } from "../../../lib/pods";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import { read, type Reading, some, type StackResource } from "../../../lib/resource";
import type { StackGraph } from "../../../lib/graph";
import { stackRule } from "../../../lib/rule";

const SETTING = "automountServiceAccountToken";

/** A pod whose account has a role of the stack bound to it needs the token; so does one that says why. What a pod says wins over its account. */
export const podHoldsNoApiToken = stackRule({
  id: "pod-holds-no-api-token",
  title: "No pod holds a token of the Kubernetes API that it does not need",
  severity: "medium",
  why: "The token lies in every container as a file; whoever reads it asks the Kubernetes API in the name of the account, from wherever it can be reached.",
  fix: "Set automountServiceAccountToken to false on the pod or its service account; AWS credentials by Pod Identity or IRSA come without it.",
  links: ["https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/"],
  frameworks: [{ name: "Checkov", id: "CKV_K8S_38" }],
  config: z.strictObject(REASON_CONFIG),
  check: (stack, names) =>
    stack.ofType(...POD_TYPES).map((workload) => {
      const findings = unlessOff(workload, stack);
      const needed = findings.length > 0 ? some([hasReason(workload, names), isNamed(workload, stack)]) : false;
      const excuse = { given: needed, what: "whether it needs the token", property: "metadata" };
      return judge(workload, `pods of ${workload.name} hold a token of the Kubernetes API`, findings, excuse);
    }),
});

/** Kubernetes mounts the token unless the pod or its account says no. */
function unlessOff(workload: StackResource, stack: StackGraph): Finding[] {
  const { path } = podSpecOf(workload);
  const own = read(workload, `${path}.${SETTING}`);
  if (own.state !== "absent") return verdict(own, `${path}.${SETTING}`);
  const account = serviceAccountOf(workload, stack);
  if (account.kind === "unknown")
    return [{ what: "its service account is not known yet", property: `${path}.serviceAccountName`, unknown: true }];
  return verdict(account.kind === "resource" ? read(account.resource, SETTING) : own, `${path}.${SETTING}`);
}

function verdict(setting: Reading, property: string): Finding[] {
  if (setting.state === "unknown") return [{ what: `${SETTING} is not known yet`, property, unknown: true }];
  const off = setting.state === "known" && (setting.value === false || setting.value === "false");
  return off ? [] : [{ what: `${SETTING} is not false`, property }];
}
