import { metricsRetentionFitsInterval as rule } from "../../../../policy/architecture/rules/metrics-retention-fits-interval";
import { type Json, UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const SCHEMAS = "[all]\npattern = .*\nretentions = 10s:1d,60s:7d\n";
const netdata = (seconds: number): string => `[graphite:strata]\n    enabled = yes\n    prefix = strata\n    update every = ${seconds}\n`;

/** What holds the schemas of carbon, beside what holds the settings of a sender. */
function carbon(schemas: Json, sender?: Json): Given {
  return (stack) => {
    const made = stack.add(CONFIG_MAP, "carbon", { data: { "storage-schemas.conf": schemas } });
    if (sender !== undefined) stack.add(CONFIG_MAP, "netdata", { data: { "exporting.conf": sender } });
    return made;
  };
}

export const cases: RuleCases = {
  rule,
  pass: { "when a point is sent as often as it is kept": carbon(SCHEMAS, netdata(10)) },
  fail: {
    "when it is sent more seldom": {
      given: carbon(SCHEMAS, netdata(60)),
      says: /Netdata of netdata sends every 60 s, section all keeps a point each 10 s/,
    },
  },
  absent: {
    "of an interval: Netdata sends every ten seconds": { given: carbon(SCHEMAS, "[graphite:strata]\nenabled = yes\n"), says: "pass" },
  },
  unknown: {
    "while the schemas are not known": carbon(UNKNOWN, netdata(10)),
    "while nobody says how often anything is sent": carbon(SCHEMAS),
  },
  silentWhileUnknown: { data: "any ConfigMap whose data is not known may hold schemas" },
  mutations: {
    "carbon keeps a point a minute, and Netdata sends one each ten seconds": (stack) => {
      const schemas = stack.all(CONFIG_MAP, "graphite-shard").find(({ inputs }) => JSON.stringify(inputs["data"]).includes("retentions"));
      if (schemas === undefined) throw new Error("no ConfigMap of the stack holds the schemas of carbon");
      for (const [file, text] of Object.entries(schemas.inputs["data"] as { [file: string]: string }))
        stack.set(schemas, ["data", file], text.replace("retentions = 10s:8640,", "retentions = "));
    },
  },
};
