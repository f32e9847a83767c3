import { functionIsZipOrImage as rule } from "../../../../../policy/preflight/rules/functions/function-is-zip-or-image";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs, Ref } from "../../../stack";

const LAMBDA = "aws:lambda/function:Function";

function lambda(inputs: Inputs): Given {
  return (stack) => stack.add(LAMBDA, "orders", inputs);
}

/** A function whose image is one of the stack. */
function image(inputs: Inputs): Given {
  return (stack) => {
    const made = stack.add("docker-build:index:Image", "orders", {}, undefined, { ref: "orders:1" });
    return stack.add(LAMBDA, "orders", { ...inputs, imageUri: new Ref(made, "ref") });
  };
}

const ZIP = { handler: "index.handler", runtime: "nodejs22.x", code: { assets: {} } };
const IMAGE = { packageType: "Image", imageUri: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:1" };

export const cases: RuleCases = {
  rule,
  pass: {
    files: lambda(ZIP),
    "a file in a bucket that is not made yet": {
      given: (stack) =>
        stack.add(LAMBDA, "orders", { ...ZIP, code: null, s3Bucket: id(stack.add("aws:s3/bucket:Bucket", "code")), s3Key: "orders.zip" }),
      known: false,
    },
    "an image that is not made yet": { given: image({ packageType: "Image", layers: [] }), known: false },
  },
  fail: {
    "files and an image": { given: image(ZIP), known: false, says: /it is a zip file with imageUri/ },
    "files twice": { given: lambda({ ...ZIP, s3Bucket: "code" }), says: /it has both code and s3Bucket/ },
    "an image with a runtime": { given: lambda({ ...IMAGE, runtime: "nodejs22.x" }), says: /it is an image with runtime/ },
    "an image without one": { given: lambda({ packageType: "Image" }), says: /it is an image without imageUri/ },
  },
  absent: {
    "of the runtime of a zip file": { given: lambda({ ...ZIP, runtime: null }), says: /it is a zip file without runtime/ },
    "of files": { given: lambda({ ...ZIP, code: null }), says: /it has neither code nor s3Bucket/ },
  },
  unknown: {
    "while it is not known how it is packed": lambda({ ...ZIP, packageType: UNKNOWN }),
    "while nobody can say whether there is an image": lambda({ ...IMAGE, imageUri: UNKNOWN }),
    "while nobody can say whether a zip file has one": lambda({ ...ZIP, imageUri: UNKNOWN }),
  },
  mutations: {
    "a function of files has no handler": (stack) => stack.set(stack.one(LAMBDA, "thumbnails"), "handler", undefined),
    "a function of files names an image": (stack) => stack.set(stack.one(LAMBDA, "thumbnails"), "imageUri", "public.ecr.aws/x/y:1"),
  },
};
