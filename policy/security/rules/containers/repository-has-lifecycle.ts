import { Attachments } from "../../../lib/attachments";
import { type Finding, judge } from "../../../lib/finding";
import { REPOSITORY } from "../../../lib/repositories";
import { stackRule } from "../../../lib/rule";

export const repositoryHasLifecycle = stackRule({
  id: "repository-has-lifecycle",
  title: "Every image repository lets go of old images",
  severity: "low",
  why: "Every build leaves an image for ever: it costs each month, and old code with known holes stays ready to be started.",
  fix: "Add an aws.ecr.LifecyclePolicy to the repository that expires untagged images and all but the last few tagged ones.",
  links: ["https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html"],
  frameworks: [{ name: "FSBP", id: "ECR.3" }],
  check: (stack) => {
    const policies = new Attachments(stack, ["aws:ecr/lifecyclePolicy:LifecyclePolicy"], "repository", [REPOSITORY]);
    return stack.ofType(REPOSITORY).map((repository) => {
      const any = policies.any(repository);
      const missing: Finding = { what: "no LifecyclePolicy of the stack names it", property: "name" };
      const doubt: Finding = { what: "which repositories have a lifecycle policy is not known yet", property: "name", unknown: true };
      return judge(
        repository,
        `repository ${repository.name} keeps every image`,
        any === true ? [] : [any === undefined ? doubt : missing],
      );
    });
  },
});
