import { z } from "zod";
import { hasPerformanceInsights } from "../../../../facts/database-classes";
import { ifAsked } from "../../../lib/asked";
import { DURABLE_CONFIG } from "../../../lib/durable";
import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { every, read, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { insightsFindings, INSIGHTS_TYPES } from "../../../lib/stores/insights";
import * as stores from "../../../lib/stores/store-rule";

/** Those with classes that can't. */
const ENGINES = ["mysql", "mariadb"] as const;
const config = z.strictObject(DURABLE_CONFIG);

/** Of durable environments, and of classes that can have it. */
export const databaseHasPerformanceInsights = stackRule({
  id: "database-has-performance-insights",
  title: "Every durable database keeps performance insights",
  severity: "low",
  why: "When a database is slow, or somebody drains it, only the load by statement, user and host tells which; it can't be collected afterwards.",
  fix: "Set performanceInsightsEnabled to true (enablePerformanceInsights of DocumentDB), with performanceInsightsKmsKeyId.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_353" }],
  config,
  check: (stack, { durable }) =>
    stores.durableStoreVerdicts(
      stack,
      [
        { types: INSIGHTS_TYPES, applies: (database) => canHaveInsights(database) !== false, findings },
        { types: [stores.RDS_CLUSTER], applies: stores.isMultiAzCluster, findings: insightsFindings },
      ],
      "does not say where its load comes from",
      durable,
    ),
});

function findings(database: StackResource, graph: StackGraph): readonly Finding[] {
  const doubt = { what: "whether its class can have performance insights is not known yet", property: "instanceClass" };
  return ifAsked(canHaveInsights(database), insightsFindings(database, graph), doubt);
}

/** Undefined where it takes the engine or the class to say it, and that is not known yet. */
function canHaveInsights(database: StackResource): Tri {
  const [engine, size] = [read(database, "engine"), read(database, "instanceClass")];
  if (size.state === "absent") return true;
  const fits = ENGINES.filter((name) => engine.state === "unknown" || text(engine) === name).map((name) =>
    size.state === "unknown" ? undefined : hasPerformanceInsights(name, text(size) ?? ""),
  );
  if (!fits.includes(false)) return every(fits);
  return engine.state === "unknown" ? undefined : false;
}
