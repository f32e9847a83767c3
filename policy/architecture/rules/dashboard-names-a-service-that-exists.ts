import { ECS_SERVICE } from "../../lib/copies";
import type { StackGraph } from "../../lib/graph";
import { LONG_RUNNING_POD_TYPES } from "../../lib/pods";
import { read, readPath, type StackResource, text } from "../../lib/resource";
import { fail, notEvaluated, pass, stackRule, type Verdict } from "../../lib/rule";
import { type Dashboard, dashboardsOf } from "../../lib/visibility/dashboards";
import { FUNCTION } from "../../lib/visibility/log-groups";

const NAMED_BY_PROVIDER = [ECS_SERVICE, FUNCTION];

/**
 * A dashboard names a service by a dimension (ServiceName, FunctionName), by a label `service` in a query, or by a choice of its variable
 * `service`. It exists when the stack has a declared service, an ECS service, a function or a workload of that name, or another component of this
 * project, whose logs and metrics carry its name. Dashboards are read in the body of CloudWatch's and in texts of Grafana's (ConfigMaps, S3 objects).
 */
export const dashboardNamesAServiceThatExists = stackRule({
  id: "dashboard-names-a-service-that-exists",
  title: "Every dashboard is about services that exist",
  severity: "low",
  why: "A panel about a service that is gone or misspelt is empty, which looks just like a service without errors.",
  fix: "Make the dashboards from the services of the stack, or remove the panel or the choice.",
  links: ["https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/best-practices/"],
  frameworks: [],
  check: (stack) => {
    const dashboards = dashboardsOf(stack);
    if (dashboards.length === 0) return [];
    const known = new Names(stack);
    return dashboards.map((dashboard) => verdict(dashboard, known));
  },
});

function verdict({ holder, name, services }: Dashboard, known: Names): Verdict {
  if (services === undefined) return notEvaluated(holder.urn, `the body of ${name} is not known yet, or is none`);
  const missing = [...services].filter((service) => !known.has(service));
  if (missing.length === 0) return pass(holder.urn);
  if (known.unnamed !== undefined)
    return notEvaluated(holder.urn, `the name of ${known.unnamed} is not known yet; ${missing.join(", ")} may be it`);
  return fail(holder.urn, `${name} is about ${missing.join(", ")}, which the stack does not have`);
}

/** What the services of a stack are called. */
class Names {
  private readonly names = new Set<string>();
  /** A service whose name is not known yet. */
  readonly unnamed: string | undefined;

  constructor(stack: StackGraph) {
    let unnamed: string | undefined;
    for (const resource of stack.ofType(...NAMED_BY_PROVIDER)) {
      const name = text(read(resource, "name")) ?? text(readPath(resource.outputs ?? {}, "name"));
      if (name === undefined) unnamed = resource.name;
      else this.add(name);
    }
    for (const object of stack.ofType(...LONG_RUNNING_POD_TYPES)) this.add(text(read(object, "metadata.name")) ?? object.name);
    for (const component of stack.resources.filter(isComponent)) this.add(component.name);
    this.unnamed = unnamed;
  }

  has(name: string): boolean {
    return this.names.has(node(name));
  }

  private add(name: string): void {
    this.names.add(node(name));
  }
}

function isComponent({ type }: StackResource): boolean {
  return type.startsWith("strata:");
}

/** In a path of Graphite a name has hyphens for what would have a meaning. */
function node(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/g, "-");
}
