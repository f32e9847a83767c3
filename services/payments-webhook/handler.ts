import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { secretReader } from "../secret-value";
import { variable } from "../variable";
import { onCall } from "./on-call";

/** Called by the HTTP API for every call of the payment provider. */
export const handler = onCall({
  dynamodb: new DynamoDBClient({}),
  table: variable("PAYMENTS_TABLE"),
  secret: secretReader(new SecretsManagerClient({}), variable("PAYMENT_PROVIDER_SECRET_ARN")),
  now: Date.now,
});
