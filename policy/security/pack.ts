import type { Pack } from "../lib/rule";
import { containerRules } from "./rules/containers";
import { databaseRules } from "./rules/databases";
import { functionRules } from "./rules/functions";
import { identityRules } from "./rules/identity";
import { kubernetesRules } from "./rules/kubernetes";
import { messagingRules } from "./rules/messaging";
import { networkRules } from "./rules/network";
import { objectRules } from "./rules/objects";
import { storeRules } from "./rules/stores";

/** What a security team asks of any AWS stack: the core of FSBP, AwsSolutions and Checkov for the services that platforms are made of. */
export const security: Pack = {
  name: "strata-security",
  description: "What a security team asks of any AWS stack.",
  rules: [
    ...networkRules,
    ...containerRules,
    ...kubernetesRules,
    ...functionRules,
    ...storeRules,
    ...databaseRules,
    ...messagingRules,
    ...objectRules,
    ...identityRules,
  ],
};
