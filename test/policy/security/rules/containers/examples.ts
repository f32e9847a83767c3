import type { Json, StackResource } from "../../../../../policy/lib/resource";
import type { Mutant } from "../../../mutant";
import { arn, id, type Inputs } from "../../../stack";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";

/** A task definition of EC2 in our own stack, whose container keeps every rule: as one of a service there, in the network mode that is asked for. */
export function addTask(stack: Mutant, inputs: Inputs, container: Readonly<Record<string, Json>> = {}): StackResource {
  const model = stack.one(TASK, "recommendations");
  const containers = JSON.parse(String(model.inputs["containerDefinitions"])) as Record<string, Json>[];
  const [first] = containers;
  if (first === undefined) throw new Error(`${model.urn} has no containers`);
  return stack.add(TASK, "agent", {
    ...(model.inputs as Inputs),
    family: "agent",
    // One container: what it depends on is not there.
    containerDefinitions: JSON.stringify([{ ...first, dependsOn: [], mountPoints: [], name: "agent", ...container }]),
    volumes: [],
    ...inputs,
  });
}

const LAST_TEN = JSON.stringify({
  rules: [
    { rulePriority: 1, selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 10 }, action: { type: "expire" } },
  ],
});

/** An image repository as every rule would have it; `lifecycle` false leaves out what lets go of its old images. */
export function addRepository(stack: Mutant, inputs: Inputs = {}, lifecycle = true): StackResource {
  const key = stack.one("aws:kms/key:Key");
  const repository = stack.add("aws:ecr/repository:Repository", "orders", {
    imageTagMutability: "IMMUTABLE",
    imageScanningConfiguration: { scanOnPush: true },
    encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: arn(key) }],
    ...inputs,
  });
  if (lifecycle) stack.add("aws:ecr/lifecyclePolicy:LifecyclePolicy", "orders", { repository: id(repository), policy: LAST_TEN });
  return repository;
}
