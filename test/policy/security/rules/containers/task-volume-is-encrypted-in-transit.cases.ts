import { taskVolumeIsEncryptedInTransit as rule } from "../../../../../policy/security/rules/containers/task-volume-is-encrypted-in-transit";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";
import { addTask } from "./examples";

const TYPE = "aws:ecs/taskDefinition:TaskDefinition";

function volumes(...all: readonly Inputs[]): Given {
  return (stack) => stack.add(TYPE, "erp", { volumes: all });
}

function efs(configuration: Inputs): Given {
  return volumes({ name: "scratch" }, { name: "files", efsVolumeConfiguration: { fileSystemId: "fs-1", ...configuration } });
}

export const cases: RuleCases = {
  rule,
  pass: { "when it is encrypted": efs({ transitEncryption: "ENABLED" }) },
  fail: {
    "when it is not": { given: efs({ transitEncryption: "DISABLED" }), says: /volumes of erp are read in the clear: volume files/ },
    "when one of two is not": {
      given: volumes(
        { name: "one", efsVolumeConfiguration: { fileSystemId: "fs-1", transitEncryption: "ENABLED" } },
        { name: "two", efsVolumeConfiguration: { fileSystemId: "fs-2" } },
      ),
      says: /volume two/,
    },
  },
  absent: {
    "which is off": { given: efs({}), says: /transitEncryption DISABLED/ },
    "with nothing to say about other volumes": { given: volumes({ name: "scratch" }), says: "nothing" },
    "with nothing to say without volumes": { given: (stack) => stack.add(TYPE, "erp"), says: "nothing" },
  },
  unknown: {
    "while the setting is not known": efs({ transitEncryption: UNKNOWN }),
    "while its configuration is not known": volumes({ name: "files", efsVolumeConfiguration: UNKNOWN }),
    "while its volumes are not known": (stack) => stack.add(TYPE, "erp", { volumes: UNKNOWN }),
  },
  mutations: {
    "a legacy task reads its files in the clear": (stack) =>
      addTask(stack, {
        tags: { "strata:legacy": "documents in files" },
        volumes: [{ name: "documents", efsVolumeConfiguration: { fileSystemId: "fs-0123456789abcdef0", rootDirectory: "/" } }],
      }),
  },
};
