import type { Pack } from "../lib/rule";
import { containerChecks } from "./rules/containers";
import { databaseChecks } from "./rules/databases";
import { functionChecks } from "./rules/functions";
import { identityChecks } from "./rules/identity";
import { kubernetesChecks } from "./rules/kubernetes";
import { messagingChecks } from "./rules/messaging";
import { networkChecks } from "./rules/network";

/** What a preview passes and AWS refuses, often after others have waited for it for twenty minutes. */
export const preflight: Pack = {
  name: "strata-preflight",
  description: "What a preview passes and AWS then refuses.",
  rules: [
    ...networkChecks,
    ...containerChecks,
    ...kubernetesChecks,
    ...functionChecks,
    ...databaseChecks,
    ...messagingChecks,
    ...identityChecks,
  ],
};
