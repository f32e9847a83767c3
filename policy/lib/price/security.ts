import { type Amount, combined, listLength, monthly, type Pricer, usage } from "./charge";

const ONE: Amount = { value: 1, property: "" };

/** Keys, secrets and firewalls. */
export const SECURITY_PRICERS: readonly Pricer[] = [
  {
    types: ["aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey", "aws:kms/externalKey:ExternalKey"],
    charges: () => [...monthly("key", "kms.key", 1), usage("requests")],
  },
  {
    types: ["aws:secretsmanager/secret:Secret"],
    charges: (secret) => [
      ...monthly(
        "secret",
        "secret",
        combined([listLength(secret, "replicas"), ONE], (replicas, own) => replicas + own),
      ),
      usage("requests"),
    ],
  },
  {
    types: ["aws:wafv2/webAcl:WebAcl"],
    charges: (acl) => [...monthly("web ACL", "waf.acl", 1), ...monthly("rules", "waf.rule", listLength(acl, "rules")), usage("requests")],
  },
];
