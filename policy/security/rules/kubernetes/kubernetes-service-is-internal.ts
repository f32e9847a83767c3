import { z } from "zod";
import { judge } from "../../../lib/finding";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import { read, type Reading, type Resource, text, type Tri } from "../../../lib/resource";
import { resourceRule, type Verdict } from "../../../lib/rule";

const PREFIX = "service.beta.kubernetes.io/aws-load-balancer";
/** Classes of the AWS Load Balancer Controller and of EKS Auto Mode, whose balancers are internal unless they are told otherwise. */
const CLASSES = ["service.k8s.aws/nlb", "eks.amazonaws.com/nlb"];

/**
 * Of Services of type LoadBalancer. Which controller makes the balancer decides what leaving the scheme out means: the AWS Load Balancer
 * Controller and Auto Mode make an internal one, the one inside Kubernetes a public one.
 * Source: AWS Load Balancer Controller, "Network Load Balancer" and "Service annotations" (2026-11).
 */
export const kubernetesServiceIsInternal = resourceRule({
  id: "kubernetes-service-is-internal",
  title: "No Kubernetes Service opens a load balancer to the internet without a reason",
  severity: "high",
  why: "One line of a Service makes a public way into the cluster, past the load balancer, the certificate and the filters that all other requests come through.",
  fix: `Set the annotation ${PREFIX}-scheme to internal and loadBalancerClass to ${CLASSES.join(" or ")}, or give the reason in strata.dev/because.`,
  links: ["https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/"],
  frameworks: [],
  types: ["kubernetes:core/v1:Service"],
  config: z.strictObject(REASON_CONFIG),
  check: (service, names): Verdict[] => {
    const type = read(service, "spec.type");
    if (type.state === "absent" || (type.state === "known" && type.value !== "LoadBalancer")) return [];
    const internal = type.state === "unknown" ? undefined : isInternal(service);
    const property = "metadata.annotations";
    const findings =
      internal === true
        ? []
        : [
            internal === undefined
              ? { what: "whether it is internal is not known yet", property, unknown: true }
              : { what: "its scheme is not internal", property },
          ];
    const excuse = { given: hasReason(service, names), what: "whether it gives a reason", property };
    return [judge(service, `Service ${service.name} opens a load balancer to the internet`, findings, excuse)];
  },
});

function isInternal(service: Resource): Tri {
  const annotation = (name: string): Reading => read(service, `metadata.annotations["${PREFIX}-${name}"]`);
  const [scheme, old, kind] = [annotation("scheme"), annotation("internal"), annotation("type")];
  if (scheme.state === "unknown" || old.state === "unknown") return undefined;
  const said = text(scheme);
  if (said !== undefined) return said === "internal";
  if (old.state === "known") return old.value === true || old.value === "true" || old.value === "0.0.0.0/0";
  const balancer = read(service, "spec.loadBalancerClass");
  if (balancer.state === "unknown" || kind.state === "unknown") return undefined;
  return CLASSES.includes(text(balancer) ?? "") || ["external", "nlb-ip"].includes(text(kind) ?? "");
}
