import { execIsLoggedAndEncrypted as rule } from "../../../../../policy/security/rules/containers/exec-is-logged-and-encrypted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Input, type Inputs } from "../../../stack";

const CLUSTER = "aws:ecs/cluster:Cluster";
const PATH = ["configuration", "executeCommandConfiguration"] as const;
const SAFE = {
  kmsKeyId: "arn:key",
  logging: "OVERRIDE",
  logConfiguration: { cloudWatchEncryptionEnabled: true, cloudWatchLogGroupName: "exec" },
};

function cluster(executeCommandConfiguration: Input): Given {
  return (stack) => stack.add(CLUSTER, "main", { configuration: { executeCommandConfiguration } });
}

/** A cluster that says nothing, with a service. */
function withService(inputs: Inputs): Given {
  return (stack) => {
    const made = stack.add(CLUSTER, "main", {});
    stack.add("aws:ecs/service:Service", "orders", { cluster: arn(made), ...inputs });
    return made;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with an encrypted log group": cluster(SAFE),
    "with an encrypted bucket": cluster({ ...SAFE, logConfiguration: { s3BucketName: "exec", s3BucketEncryptionEnabled: "true" } }),
    "with a key that is not made yet": {
      given: (stack) => cluster({ ...SAFE, kmsKeyId: arn(stack.add("aws:kms/key:Key", "exec")) })(stack),
      known: false,
    },
  },
  fail: {
    "without a log": {
      given: cluster({ ...SAFE, logging: "NONE" }),
      says: /commands in cluster main leave no safe trace: .*logging is not OVERRIDE/,
    },
    "with a log in the clear": { given: cluster({ ...SAFE, logConfiguration: { cloudWatchLogGroupName: "exec" } }), says: /no encryption/ },
    "without a key": { given: cluster({ ...SAFE, kmsKeyId: null }), says: /no kmsKeyId/ },
  },
  absent: {
    "which is the container's own log": { given: cluster({}), says: /logging is not OVERRIDE/ },
    "when a service turns it on": { given: withService({ enableExecuteCommand: true }), says: /logging is not OVERRIDE/ },
    "when a service turns it on that is not made yet": {
      given: withService({ enableExecuteCommand: true }),
      known: false,
      says: /logging is not OVERRIDE/,
    },
    "with nothing to say when nobody turns it on": { given: withService({}), says: "nothing" },
  },
  unknown: {
    "while it is not known": cluster(UNKNOWN),
    "while it is not known whether there is a key": cluster({ ...SAFE, kmsKeyId: UNKNOWN }),
    "while it is not known where it logs": cluster({ ...SAFE, logging: UNKNOWN }),
    "while it is not known whether the log is encrypted": cluster({ ...SAFE, logConfiguration: UNKNOWN }),
    "while it is not known whether a service turns it on": withService({ enableExecuteCommand: UNKNOWN }),
  },
  mutations: {
    "commands that people run leave no log": (stack) => stack.set(stack.one(CLUSTER), [...PATH, "logging"], "NONE"),
    "the log of commands is in the clear": (stack) =>
      stack.set(stack.one(CLUSTER), [...PATH, "logConfiguration", "cloudWatchEncryptionEnabled"], false),
    "sessions have no key": (stack) => stack.set(stack.one(CLUSTER), [...PATH, "kmsKeyId"], undefined),
  },
};
