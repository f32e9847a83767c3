import { repositoryScansItsImages as rule } from "../../../../../policy/security/rules/containers/repository-scans-its-images";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";
import { addRepository } from "./examples";

function repository(inputs: Inputs, ...rules: readonly Inputs[]): Given {
  return (stack) => {
    if (rules.length > 0)
      stack.add("aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration", "registry", { scanType: "ENHANCED", rules });
    return stack.add("aws:ecr/repository:Repository", "orders", inputs);
  };
}

const scanned = (filter: string, scanFrequency = "SCAN_ON_PUSH"): Inputs => ({
  scanFrequency,
  repositoryFilters: [{ filter, filterType: "WILDCARD" }],
});

export const cases: RuleCases = {
  rule,
  pass: {
    "when it scans on push": repository({ imageScanningConfiguration: { scanOnPush: true } }),
    "when the registry scans all": repository({}, scanned("*", "CONTINUOUS_SCAN")),
    "when the registry scans those of its name": repository({ name: "shop/orders" }, scanned("shop/*")),
    "when a filter is part of its name": repository({ name: "shop/orders" }, scanned("order")),
  },
  fail: {
    "when it is off": { given: repository({ imageScanningConfiguration: { scanOnPush: false } }), says: /repository orders scans nothing/ },
    "when the registry scans others": { given: repository({ name: "shop/orders" }, scanned("media/*")), says: /scans nothing/ },
    "when the registry waits to be asked": { given: repository({}, scanned("*", "MANUAL")), says: /scans nothing/ },
  },
  absent: { "which is off": { given: repository({}), says: /scanOnPush is off, and no scanning/ } },
  unknown: {
    "while it is not known": repository({ imageScanningConfiguration: UNKNOWN }),
    "while its name is not known, and the registry scans some": { given: repository({}, scanned("shop/*")), known: false },
    "while it is not known how often the registry scans": repository({}, scanned("*", UNKNOWN)),
  },
  mutations: { "a repository scans nothing": (stack) => addRepository(stack, { imageScanningConfiguration: { scanOnPush: false } }) },
};
