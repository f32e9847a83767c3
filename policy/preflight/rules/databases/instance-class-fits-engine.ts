import { CLASS_EXCLUSIONS } from "../../../../facts/database-classes";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { refused } from "../../../lib/settings/refused";
import { DB_MEMBER } from "../../../lib/stores/databases";
import { DB_INSTANCE } from "../../../lib/stores/store-rule";

const PROPERTY = "instanceClass";
const CLASS = /^db\.(?:serverless|[a-z][a-z0-9-]*\.[a-z0-9-]+(?:\.[a-z0-9.]+)?)$/;

/** A class that no fact names may fit or not, so it passes. The class has no default: AWS asks for one. */
export const instanceClassFitsEngine = resourceRule({
  id: "instance-class-fits-engine",
  title: "Every database instance has a class that its engine runs on",
  severity: "high",
  why: "Which classes an engine has differs by engine and edition; RDS says so only when it makes the instance.",
  fix: "Choose an instanceClass of the engine: Graviton (db.t4g, db.m7g, db.r7g) for the open engines, db.r7g or db.serverless for Aurora, Intel for Oracle and SQL Server.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html"],
  frameworks: [],
  types: [DB_INSTANCE, DB_MEMBER],
  check: (instance) => [refused(instance, findings(instance))],
});

function findings(instance: Resource): Finding[] {
  const reading = read(instance, PROPERTY);
  if (reading.state === "absent") return [{ what: `${PROPERTY} is absent`, property: PROPERTY }];
  const found = text(reading);
  if (found === undefined) return [notKnown(PROPERTY)];
  if (!CLASS.test(found)) return [{ what: `${PROPERTY} is "${found}", which is no class of a database`, property: PROPERTY }];
  const possible = CLASS_EXCLUSIONS.filter(({ classes }) => classes.test(found));
  const engine = read(instance, "engine");
  if (engine.state === "unknown") return possible.length > 0 ? [notKnown("engine")] : [];
  return possible
    .filter(({ engines }) => engines.test(text(engine) ?? ""))
    .map(({ why }) => ({ what: `${PROPERTY} ${found} ${why} (engine ${text(engine)})`, property: PROPERTY }));
}
