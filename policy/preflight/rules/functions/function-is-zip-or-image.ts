import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { isGiven } from "../../../lib/given";
import { every, not, read, some, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { FUNCTION } from "../../../lib/visibility/log-groups";

/** Where the files of a function come from. */
const FILES = ["code", "s3Bucket"];
const ZIP_NEEDS = ["handler", "runtime"];
/** What an image says itself. */
const ZIP_ONLY = ["handler", "runtime", "layers"];

/** A function that does not say how it is packed is a zip file. */
export const functionIsZipOrImage = stackRule({
  id: "function-is-zip-or-image",
  title: "A function is packed in one way, with all that this way needs",
  severity: "high",
  why: "Lambda refuses a zip file without a handler and a runtime, an image with them, and a function with files and an image.",
  fix: "For a zip file set code (or s3Bucket and s3Key), handler and runtime; for an image set packageType to Image and imageUri, and none of the others.",
  links: ["https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html"],
  frameworks: [],
  check: (stack) =>
    stack.ofType(FUNCTION).map((lambda) => judge(lambda, `Lambda refuses the package of ${lambda.name}`, packageFindings(lambda))),
});

function packageFindings(lambda: StackResource): Finding[] {
  const packageType = read(lambda, "packageType");
  if (packageType.state === "unknown") return [notKnown("packageType")];
  return text(packageType) === "Image" ? inImage(lambda) : inZip(lambda);
}

function inZip(lambda: StackResource): Finding[] {
  const [code, bucket] = FILES.map((property) => has(lambda, property));
  return [
    ...ZIP_NEEDS.flatMap((property) => unlessHas(lambda, property, `it is a zip file without ${property}`)),
    ...ifHas(has(lambda, "imageUri"), "imageUri", "it is a zip file with imageUri"),
    ...ifHas(not(some([code, bucket])), "code", "it has neither code nor s3Bucket"),
    ...ifHas(every([code, bucket]), "code", "it has both code and s3Bucket"),
  ];
}

function inImage(lambda: StackResource): Finding[] {
  return [
    ...[...ZIP_ONLY, ...FILES].flatMap((property) => ifHas(has(lambda, property), property, `it is an image with ${property}`)),
    ...unlessHas(lambda, "imageUri", "it is an image without imageUri"),
  ];
}

function unlessHas(lambda: StackResource, property: string, what: string): Finding[] {
  return ifHas(not(has(lambda, property)), property, what);
}

function ifHas(has: Tri, property: string, what: string): Finding[] {
  if (has === undefined) return [notKnown(property)];
  return has ? [{ what, property }] : [];
}

/** Something that the stack is about to make is there. An empty list or text is not. */
function has(lambda: StackResource, property: string): Tri {
  const reading = read(lambda, property);
  return reading.state === "known" && Array.isArray(reading.value) ? reading.value.length > 0 : isGiven(lambda, property);
}
