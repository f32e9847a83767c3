import { SEARCH_DOMAIN_NAME } from "../../../../facts/opensearch";
import { RDS_LIMITS } from "../../../../facts/limits-rds";
import { REDSHIFT_NAMES } from "../../../../facts/redshift";
import type { Finding } from "../../../lib/finding";
import type { Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { unlessLike } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import {
  DB_CLUSTERS,
  DB_INSTANCE,
  DB_MEMBERS,
  SEARCH_DOMAIN,
  SERVERLESS_NAMESPACE,
  SERVERLESS_WORKGROUP,
  WAREHOUSE,
} from "../../../lib/stores/store-rule";

/** What a name has to look like. */
interface Naming {
  readonly property: string;
  readonly fits: (name: string) => boolean;
  readonly wanted: string;
}

/** Characters that the provider puts behind a prefix. */
const GENERATED = 26;
const MOST = RDS_LIMITS.identifierLength.value;
const HYPHENS = "lower-case letters, digits and single hyphens, a letter first";

/** The provider takes no capital letters, which RDS would turn into small ones. */
const RDS_NAME = /^[a-z](?:-?[a-z0-9])*$/;

function rds(property: string): readonly Naming[] {
  return [
    {
      property,
      fits: (name) => name.length <= MOST && RDS_NAME.test(name),
      wanted: `up to ${MOST} ${HYPHENS} and no hyphen last`,
    },
    {
      property: `${property}Prefix`,
      fits: (name) => name.length + GENERATED <= MOST && RDS_NAME.test(`${name}0`),
      wanted: `up to ${MOST - GENERATED} ${HYPHENS}`,
    },
  ];
}

const SERVERLESS = {
  fits: (name: string) => REDSHIFT_NAMES.serverless.test(name),
  wanted: "3 to 64 lower-case letters, digits and hyphens",
};

const NAMES: Readonly<Record<string, readonly Naming[]>> = {
  ...Object.fromEntries([DB_INSTANCE, ...DB_MEMBERS].map((type) => [type, rds("identifier")])),
  ...Object.fromEntries(DB_CLUSTERS.map((type) => [type, rds("clusterIdentifier")])),
  [WAREHOUSE]: [
    {
      property: "clusterIdentifier",
      fits: (name) => name.length <= REDSHIFT_NAMES.identifierLength && REDSHIFT_NAMES.identifier.test(name),
      wanted: `up to ${REDSHIFT_NAMES.identifierLength} ${HYPHENS} and no hyphen last`,
    },
  ],
  [SERVERLESS_NAMESPACE]: [{ property: "namespaceName", ...SERVERLESS }],
  [SERVERLESS_WORKGROUP]: [{ property: "workgroupName", ...SERVERLESS }],
  [SEARCH_DOMAIN]: [
    {
      property: "domainName",
      fits: (name) => SEARCH_DOMAIN_NAME.pattern.test(name),
      wanted: "3 to 28 lower-case letters, digits and hyphens, a letter first",
    },
  ],
};

/** Left out, the name is made up by the engine, which knows what fits. */
export const databaseIdentifierIsValid = resourceRule({
  id: "database-identifier-is-valid",
  title: "The identifier of every database is one that AWS accepts",
  severity: "medium",
  why: "A name that is too long or has other characters is refused when the database is made, after its network and its secrets are there.",
  fix: "Shorten the identifier and use lower-case letters, digits and single hyphens; or leave it out, and a name is made that fits.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.Constraints"],
  frameworks: [],
  types: Object.keys(NAMES),
  check: (database) => [refused(database, findings(database))],
});

function findings(database: Resource): Finding[] {
  return (NAMES[database.type] ?? []).flatMap(({ property, fits, wanted }) => unlessLike(database, property, fits, wanted));
}
