import { z } from "zod";
import { LAMBDA_PACKAGE_LIMITS } from "../../../facts/limits-lambda-package";
import { isObject, type Json, read, type Resource, text } from "../../lib/resource";
import { fail, notEvaluated, pass, resourceRule, type Verdict } from "../../lib/rule";

const BYTES_PER_MIB = 1_024 * 1_024;
/** A bundled handler with an AWS SDK client is below 1 MiB; ten times that holds a library or two with native parts. */
const DEFAULT_BUDGET_MIB = 10;

const config = z.strictObject({
  budgetMib: z
    .number()
    .positive()
    .max(LAMBDA_PACKAGE_LIMITS.unzipped.value)
    .default(DEFAULT_BUDGET_MIB)
    .describe("Most that the files of a function's package may have together, unzipped, in MiB. Layers are not counted."),
});

/**
 * Looks at functions that are uploaded as files. A plan keeps the size of each file; the engine shows a policy no more than that there are
 * some, and a package in a bucket is not in the stack at all: neither is evaluated. A container image is not loaded as a whole, so it has no budget.
 */
export const lambdaPackageIsSmall = resourceRule({
  id: "lambda-package-is-small",
  title: "No Lambda package is larger than its budget",
  severity: "medium",
  why: "Lambda downloads and unpacks the package before a function's first request in each environment, and refuses one of more than 250 MB.",
  fix: "Bundle the handler with what it imports only, leave out what the runtime has, or split the function; raise budgetMib for a function that needs more.",
  links: [LAMBDA_PACKAGE_LIMITS.unzipped.source],
  frameworks: [],
  types: ["aws:lambda/function:Function"],
  config,
  check: (lambda, { budgetMib }) => {
    if (text(read(lambda, "packageType")) === "Image" || read(lambda, "imageUri").state !== "absent") return [];
    return [verdict(lambda, budgetMib)];
  },
});

function verdict(lambda: Resource, budget: number): Verdict {
  const code = read(lambda, "code");
  if (code.state === "absent") return notEvaluated(lambda.urn, "its package is not in the stack", "code");
  const { bytes, whole } = code.state === "known" ? sizeOf(code.value) : UNSIZED;
  const size = bytes / BYTES_PER_MIB;
  if (size > budget) {
    return fail(
      lambda.urn,
      `the package of ${lambda.name} has ${whole ? "" : "at least "}${size.toFixed(1)} MiB, its budget is ${budget} MiB`,
      "code",
    );
  }
  return whole ? pass(lambda.urn) : notEvaluated(lambda.urn, "the size of its package is not known here", "code");
}

/** Bytes of the files of an archive, and whether all of them are counted. */
interface Size {
  readonly bytes: number;
  readonly whole: boolean;
}

const UNSIZED: Size = { bytes: 0, whole: false };

/** A file that a plan recorded has its size; an archive has files and archives under `assets`. */
function sizeOf(code: Json | undefined): Size {
  if (!isObject(code)) return UNSIZED;
  const { bytes, assets } = code;
  if (typeof bytes === "number") return { bytes, whole: true };
  if (!isObject(assets)) return UNSIZED;
  const sizes = Object.values(assets).map(sizeOf);
  return { bytes: sizes.reduce((sum, size) => sum + size.bytes, 0), whole: sizes.every(({ whole }) => whole) };
}
