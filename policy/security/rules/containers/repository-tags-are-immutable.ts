import { unless } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { REPOSITORY } from "../../../lib/repositories";
import { resourceRule } from "../../../lib/rule";

const FIXED: ReadonlySet<unknown> = new Set(["IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"]);

/** Left out, it is MUTABLE. Tags may be left out of it by name (`imageTagMutabilityExclusionFilters`), such as those of a build cache. */
export const repositoryTagsAreImmutable = resourceRule({
  id: "repository-tags-are-immutable",
  title: "No tag of an image repository can be moved",
  severity: "medium",
  why: "Who may push can put other code under the tag that is running: the next task that starts takes it, and no deployment shows it.",
  fix: 'Set imageTagMutability of the repository to "IMMUTABLE".',
  links: ["https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html"],
  frameworks: [
    { name: "FSBP", id: "ECR.2" },
    { name: "Checkov", id: "CKV_AWS_51" },
  ],
  types: [REPOSITORY],
  check: (repository) => {
    const property = "imageTagMutability";
    const found = unless(repository, property, {
      accepts: (value) => FIXED.has(value),
      absent: "wrong",
      what: `${property} is not IMMUTABLE`,
    });
    return [judge(repository, `tags of repository ${repository.name} can be moved`, found)];
  },
  remediate: () => ({ imageTagMutability: "IMMUTABLE" }),
});
