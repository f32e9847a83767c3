import { repositoryHasLifecycle as rule } from "../../../../../policy/security/rules/containers/repository-has-lifecycle";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input, Ref } from "../../../stack";
import { addRepository } from "./examples";

const REPOSITORY = "aws:ecr/repository:Repository";
const POLICY = "aws:ecr/lifecyclePolicy:LifecyclePolicy";

const cleaned: Given = (stack) => {
  const repository = stack.add(REPOSITORY, "orders", {}, undefined, stack.known ? { name: "orders-1234567" } : { name: UNKNOWN });
  stack.add(POLICY, "orders", { repository: new Ref(repository, "name"), policy: "{}" });
  return repository;
};

function besides(repository: Input): Given {
  return (stack) => {
    stack.add(POLICY, "other", { repository, policy: "{}" });
    return stack.add(REPOSITORY, "orders", {});
  };
}

export const cases: RuleCases = {
  rule,
  pass: { "with a policy": cleaned, "with a policy before either is made": { given: cleaned, known: false } },
  fail: { "when the policy is another's": { given: besides("media"), says: /repository orders keeps every image/ } },
  absent: {
    "which keeps all": { given: (stack) => stack.add(REPOSITORY, "orders", {}), says: /no LifecyclePolicy of the stack names it/ },
  },
  unknown: { "while it is not known whose policy it is": besides(UNKNOWN) },
  mutations: { "a repository keeps every image": (stack) => addRepository(stack, {}, false) },
};
