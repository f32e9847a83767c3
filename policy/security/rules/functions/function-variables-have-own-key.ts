import { z } from "zod";
import { DURABLE_CONFIG } from "../../../lib/durable";
import { durableFunctionVerdicts } from "../../../lib/functions/functions";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { unlessGiven } from "../../../lib/given";
import { isObject, read, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const PATH = "environment.variables";

/** Of durable environments. Lambda encrypts variables always, with a key of its own that anyone in the account who may see the function may use. */
export const functionVariablesHaveOwnKey = stackRule({
  id: "function-variables-have-own-key",
  title: "The variables of every durable function are encrypted with a customer key",
  severity: "low",
  why: "With the key of Lambda whoever may look at the function reads its variables; a customer key asks for a second permission, and can be taken away.",
  fix: "Set kmsKeyArn to a key whose policy admits the function's role.",
  links: ["https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_173" }],
  config: z.strictObject(DURABLE_CONFIG),
  check: (stack, { durable }) => {
    const findings = (called: StackResource): Finding[] => {
      const found = unlessGiven(called, "kmsKeyArn", "it has no kmsKeyArn");
      // Perhaps there is nothing to encrypt; what is secret is there.
      const variables = read(called, PATH);
      return variables.state === "unknown" && variables.secret !== true ? found.map(() => notKnown(PATH)) : found;
    };
    return durableFunctionVerdicts(stack, hasVariables, findings, "leaves its variables to the key of Lambda", durable);
  },
});

/** Also where they are secret; where they are not known yet, perhaps. */
function hasVariables(called: StackResource): boolean {
  const reading = read(called, PATH);
  if (reading.state !== "known") return reading.state === "unknown";
  return isObject(reading.value) && Object.keys(reading.value).length > 0;
}
