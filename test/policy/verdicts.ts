import { evaluate } from "../../policy/lib/evaluate";
import { StackGraph } from "../../policy/lib/graph";
import { type PackConfig, settingsOf } from "../../policy/lib/levels";
import type { StackResource } from "../../policy/lib/resource";
import type { Rule } from "../../policy/lib/rule";

/** What a rule says about a resource; `nothing` when it has nothing to say. Throws when the rule is broken. */
export function verdictOn(
  rule: Rule,
  resource: StackResource,
  resources: readonly StackResource[] = [resource],
  config: PackConfig = {},
): string {
  const pack = { name: "test", description: "", rules: [rule] };
  const result = evaluate([pack], resources, { test: config });
  const [broken] = result.broken;
  if (broken !== undefined) throw new Error(`${rule.id} is broken: ${broken.error}`);
  const fails = result.violations.find(({ urn }) => urn === resource.urn);
  if (fails !== undefined) return `fail: ${fails.message}`;
  const open = result.notEvaluated.find(({ urn }) => urn === resource.urn);
  if (open !== undefined) return `not evaluated: ${open.why}`;
  return passes(rule, resource, resources, config) ? "pass" : "nothing";
}

/** Whether a rule passes this resource, and not only others of the stack: an evaluation does not tell of what is right. */
function passes(rule: Rule, resource: StackResource, resources: readonly StackResource[], config: PackConfig): boolean {
  const settings = settingsOf(rule, config).config;
  if (rule.scope === "resource") return rule.types.has(resource.type) && rule.configured(settings)(resource).length > 0;
  return rule
    .configured(settings)(new StackGraph(resources))
    .some(({ urn }) => urn === resource.urn);
}
