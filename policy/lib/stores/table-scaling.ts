import type { StackGraph } from "../graph";
import { append } from "../multimap";
import { isUnknown, read, type StackResource, text } from "../resource";

const TARGET = "aws:appautoscaling/target:Target";

/** What Application Auto Scaling says of the tables of a stack: the dimensions it scales, by the table. */
class TableScaling {
  private readonly byName = new Map<string, StackResource[]>();
  private readonly byUrn = new Map<string, StackResource[]>();
  /** Targets of DynamoDB of which nobody can say whose they are. */
  private readonly open: StackResource[] = [];

  constructor(graph: StackGraph) {
    for (const target of graph.ofType(TARGET)) {
      const named = text(read(target, "resourceId"));
      const sources = target.propertyDependencies["resourceId"] ?? [];
      if (named !== undefined) append(this.byName, named, target);
      else if (sources.length > 0) for (const urn of sources) append(this.byUrn, urn, target);
      else if (text(read(target, "serviceNamespace")) === "dynamodb") this.open.push(target);
    }
  }

  /** The targets of a table, and whether there may be more. */
  of(table: StackResource): { readonly targets: readonly StackResource[]; readonly open: boolean } {
    const names = [table.inputs["name"], table.outputs?.["name"], table.outputs?.["id"]];
    const byName = names.flatMap((name) => (typeof name === "string" && !isUnknown(name) ? (this.byName.get(`table/${name}`) ?? []) : []));
    return { targets: [...byName, ...(this.byUrn.get(table.urn) ?? [])], open: this.open.length > 0 };
  }
}

/** For `StackGraph.once`. */
export function tableScalingOf(graph: StackGraph): TableScaling {
  return new TableScaling(graph);
}
