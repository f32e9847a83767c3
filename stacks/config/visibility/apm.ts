import { z } from "zod";
import { type Fault } from "../../../components/faults";
import { APM_KINDS, apmFaults } from "../../../components/visibility/apm/apm";

/** `strata:visibility.apm`: traces. */
export const ApmKey = z
  .strictObject({
    kind: z.enum(APM_KINDS).default("none").describe("Where traces of every service go; one word for the whole platform."),
    endpoint: z
      .url({ protocol: /^https$/, error: "is not an https URL" })
      .optional()
      .describe(
        "Base URL of OTLP over HTTP, without /v1/traces: for otlp, appdynamics and dynatrace. Default: none; for newrelic that of the region.",
      ),
    keySecretArn: z
      .string()
      .regex(/^arn:aws[a-z-]*:secretsmanager:/, { error: "is not the ARN of a secret" })
      .optional()
      .describe("Secret whose whole value is the vendor's key. Default: none."),
    keyArn: z
      .string()
      .regex(/^arn:aws[a-z-]*:kms:/, { error: "is not the ARN of a key" })
      .optional()
      .describe("Customer key that secret is encrypted with. Default: AWS's own key for Secrets Manager."),
    header: z
      .string()
      .regex(/^[A-Za-z0-9-]+$/, { error: "is not the name of an HTTP header" })
      .default("Authorization")
      .describe("Header that carries the key of an otlp endpoint."),
    controller: z
      .strictObject({
        host: z
          .string()
          .regex(/^[a-z0-9.-]+$/, { error: "is not a host name" })
          .describe("Host of the controller, such as acme.saas.appdynamics.com."),
        account: z.string().min(1).describe("Account at the controller."),
      })
      .optional()
      .describe("AppDynamics: where its controller is. Default: none."),
    sampling: z
      .number()
      .min(0)
      .max(1)
      .default(0.1)
      .describe("Share of new traces that are kept, 0 to 1; a service follows the decision of whoever called it."),
  })
  .prefault({})
  .describe("Traces.");

/** What does not go together in `strata:visibility.apm`. */
export function apmKeyFaults(file: string, apm: z.output<typeof ApmKey>): Fault[] {
  return apmFaults(`${file}: strata:visibility.apm`, apm);
}
