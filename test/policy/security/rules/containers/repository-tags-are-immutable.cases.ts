import { repositoryTagsAreImmutable as rule } from "../../../../../policy/security/rules/containers/repository-tags-are-immutable";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";
import { addRepository } from "./examples";

function repository(inputs: Inputs): Given {
  return (stack) => stack.add("aws:ecr/repository:Repository", "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when they stay": repository({ imageTagMutability: "IMMUTABLE" }),
    "when some are left out by name": repository({ imageTagMutability: "IMMUTABLE_WITH_EXCLUSION" }),
  },
  fail: {
    "when they can be moved": { given: repository({ imageTagMutability: "MUTABLE" }), says: /tags of repository orders can be moved/ },
    "when all but some can": { given: repository({ imageTagMutability: "MUTABLE_WITH_EXCLUSION" }), says: /is not IMMUTABLE/ },
  },
  absent: { "which is MUTABLE": { given: repository({}), says: /is not IMMUTABLE/ } },
  unknown: { "while it is not known": repository({ imageTagMutability: UNKNOWN }) },
  mutations: { "a repository lets its tags be moved": (stack) => addRepository(stack, { imageTagMutability: "MUTABLE" }) },
};
