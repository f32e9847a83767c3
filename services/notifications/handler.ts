import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { secretReader } from "../secret-value";
import { variable } from "../variable";
import { onRecords } from "./on-records";
import { provider } from "./provider";

/** Called by Lambda's poller with records of the topic. */
export const handler = onRecords(
  provider(variable("PROVIDER_URL"), secretReader(new SecretsManagerClient({}), variable("MESSAGE_PROVIDER_SECRET_ARN"))),
);
