import { z } from "zod";
import { LAMBDA_RUNTIME_SUPPORT } from "../../../../facts/lambda-runtime-support";
import { DAY_CONFIG } from "../../../lib/day";
import { FUNCTION } from "../../../lib/functions/functions";
import { read, text } from "../../../lib/resource";
import { fail, notEvaluated, pass, resourceRule, type Verdict } from "../../../lib/rule";

const property = "runtime";

/** A function from an image has no runtime of Lambda, so it has no verdict. */
export const functionRuntimeIsSupported = resourceRule({
  id: "function-runtime-is-supported",
  title: "Every function runs on a runtime that AWS still patches",
  severity: "medium",
  why: "A runtime past its end gets no more security fixes, and some months later Lambda refuses to change the function, also when it has to be mended.",
  fix: "Set runtime to the newest version of the language, and test the code on it.",
  links: ["https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html"],
  frameworks: [
    { name: "FSBP", id: "Lambda.2" },
    { name: "Checkov", id: "CKV_AWS_363" },
  ],
  types: [FUNCTION],
  config: z.strictObject(DAY_CONFIG),
  check: (called, { day }): Verdict[] => {
    const { urn, name } = called;
    const reading = read(called, property);
    if (reading.state === "absent") return [];
    const runtime = text(reading);
    if (runtime === undefined) return [notEvaluated(urn, "its runtime is not known yet", property)];
    const support = Object.hasOwn(LAMBDA_RUNTIME_SUPPORT, runtime) ? LAMBDA_RUNTIME_SUPPORT[runtime] : undefined;
    if (support === undefined) return [notEvaluated(urn, `how long AWS supports ${runtime} is not known`, property)];
    // Days are written so that they sort as texts.
    return [support.ends <= day ? fail(urn, `${name} runs on ${runtime}, whose support ended on ${support.ends}`, property) : pass(urn)];
  },
});
