import { judge } from "../../../lib/finding";
import { perObject } from "../../../lib/per-object";
import type { StackResource } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";
import { secretProperties } from "../../../lib/secrets/properties";
import { secretScripts } from "../../../lib/secrets/user-data";
import { secretVariables } from "../../../lib/secrets/variables";

/**
 * Reads three things. Properties that hold a secret by what they are for, and any whose name ends like one's: they must be marked as secret.
 * Environment variables of tasks, functions and pods, ConfigMaps, commands and user data: whoever may describe the resource reads them, so a
 * value fails that its name calls a secret, that has the form of a known kind of token, or that the program itself marks as secret.
 * It can't know a secret that has neither such a name nor such a form. No message repeats a value.
 */
export const secretIsNotInTheClear = stackRule({
  id: "secret-is-not-in-the-clear",
  title: "No secret stands in the clear in a resource, a variable or a script",
  severity: "critical",
  why: "Such a value is in the state, in every plan and log of it, and before the eyes of everyone who may describe the resource; it is rotated only by a deployment.",
  fix: "Let AWS make and keep it (manageMasterUserPassword) or put it into Secrets Manager, hand out its ARN (secrets of a container, a read at start), and mark what must pass through the program as secret.",
  links: [
    "https://www.pulumi.com/docs/iac/concepts/secrets/",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html",
  ],
  frameworks: [
    { name: "FSBP", id: "ECS.8" },
    { name: "Checkov", id: "CKV_AWS_45" },
    { name: "Checkov", id: "CKV_AWS_46" },
    { name: "Checkov", id: "CKV_K8S_35" },
    { name: "AwsSolutions", id: "DOC3" },
  ],
  check: (stack) => stack.resources.flatMap(verdicts),
});

const verdicts = perObject((resource: StackResource): readonly Verdict[] => {
  const looked = [secretProperties(resource), secretVariables(resource), secretScripts(resource)];
  if (looked.every((found) => found === undefined)) return [];
  return [
    judge(
      resource,
      `${resource.name} shows a secret`,
      looked.flatMap((found) => found ?? []),
    ),
  ];
});
