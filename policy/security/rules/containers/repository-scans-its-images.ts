import { type Finding, judge } from "../../../lib/finding";
import { REPOSITORY } from "../../../lib/repositories";
import { read, readAll, readFlag, type Reading, readPath, some, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const REGISTRY_SCANNING = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration";

/** Left out, a repository scans nothing, unless the scanning configuration of the registry names it: then that one counts. */
export const repositoryScansItsImages = stackRule({
  id: "repository-scans-its-images",
  title: "Every image repository scans what is pushed to it",
  severity: "medium",
  why: "Most of an image is other people's code; nobody knows which of its holes are known to everyone until something looks.",
  fix: "Set imageScanningConfiguration.scanOnPush of the repository to true, or make an ecr.RegistryScanningConfiguration whose filters fit its name.",
  links: ["https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html"],
  frameworks: [
    { name: "FSBP", id: "ECR.1" },
    { name: "Checkov", id: "CKV_AWS_163" },
  ],
  check: (stack) => {
    const rules = stack.ofType(REGISTRY_SCANNING).flatMap((registry) => readAll(registry, "rules[*]"));
    return stack
      .ofType(REPOSITORY)
      .map((repository) => judge(repository, `repository ${repository.name} scans nothing`, findings(repository, rules)));
  },
});

function findings(repository: StackResource, rules: readonly Reading[]): Finding[] {
  const property = "imageScanningConfiguration";
  const own = readFlag(repository, `${property}.scanOnPush`, false);
  const name = read(repository, "name").state === "absent" ? readPath(repository.outputs ?? {}, "name") : read(repository, "name");
  const scanned = some([own, ...rules.map((rule) => covers(rule, name))]);
  if (scanned === true) return [];
  if (scanned === undefined) return [{ what: "whether it is scanned is not known yet", property, unknown: true }];
  return [{ what: `${property}.scanOnPush is off, and no scanning of the registry names it`, property }];
}

/** Whether a rule of the registry scans a repository, on push or all the time. */
function covers(rule: Reading, name: Reading): Tri {
  if (rule.state !== "known") return undefined;
  const frequency = readPath(rule.value, "scanFrequency");
  if (frequency.state === "unknown") return undefined;
  if (text(frequency) === "MANUAL") return false;
  const filters = readAllFilters(rule.value);
  return some(
    filters.map((filter): Tri => {
      const pattern = text(filter);
      if (pattern === "*") return true;
      const called = text(name);
      return pattern === undefined || called === undefined ? undefined : fits(pattern, called);
    }),
  );
}

function readAllFilters(rule: Parameters<typeof readPath>[0]): Reading[] {
  const list = readPath(rule, "repositoryFilters");
  if (list.state !== "known" || !Array.isArray(list.value)) return list.state === "unknown" ? [list] : [];
  return list.value.map((filter) => readPath(filter, "filter"));
}

/** A filter without a wildcard fits every name that it is part of. */
function fits(pattern: string, name: string): boolean {
  if (!pattern.includes("*")) return name.includes(pattern);
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${source}$`).test(name);
}
