import { DATABASE_CLASSES } from "../../../facts/database-classes";
import { ENGINE_VERSIONS } from "../../../facts/engine-versions";
import { NAME_LIMITS, RDS_LIMITS } from "../../../facts/limits-rds";
import { type Fault } from "../../faults";
import { databaseNameOf, ENGINES, MASTER_USER, type RelationalKind, userNames } from "./engines";

/** What is known of a relational store before anything is registered. */
export interface RelationalSpec {
  readonly kind: RelationalKind;
  readonly durable: boolean;
  /** Default: the pinned one. */
  readonly version?: string | undefined;
  /** Class of each instance. */
  readonly instanceClass: string;
  readonly licence?: string | undefined;
  /** Instances of a cluster. */
  readonly nodes: number;
  /** Whether a standby in another zone takes over. */
  readonly multiAz: boolean;
  /** Availability zones its subnets are in. */
  readonly zones: number;
  readonly backupDays: number;
  /** GiB at first and at most; absent for Aurora, whose storage grows by itself. */
  readonly storage?: { readonly allocated: number; readonly maximum: number } | undefined;
  /** Name of the store in the catalogue. */
  readonly storeName: string;
  /** Services that use it. */
  readonly services: readonly string[];
}

type Check = (key: string, spec: RelationalSpec) => Fault[];

/** Hyphen and seven digits that Pulumi adds to a name. */
const AUTO_NAME = 8;
const SUFFIX = "-db";
const MIB_PER_GIB = 1024;
const gib = ({ value }: { readonly value: number }) => value / MIB_PER_GIB;
const leastMaximum = (allocated: number) => allocated + Math.ceil((allocated * RDS_LIMITS.leastGrowthPercent.value) / 100);

function engineOf({ kind, durable }: RelationalSpec) {
  return durable ? ENGINES[kind].engine.durable : ENGINES[kind].engine.ephemeral;
}

const version: Check = (key, spec) => {
  const { version: pinned, others } = ENGINE_VERSIONS[engineOf(spec)];
  const known: readonly string[] = [pinned, ...others];
  return spec.version === undefined || known.includes(spec.version)
    ? []
    : [
        {
          key: `${key}.version`,
          what: `is no version of ${engineOf(spec)} that is known here`,
          got: spec.version,
          right: `give one of ${known.join(", ")}`,
        },
      ];
};

const instanceClass: Check = (key, spec) => {
  const { classes } = DATABASE_CLASSES[engineOf(spec)];
  if (classes.includes(spec.instanceClass)) return [];
  return [
    {
      key: `${key}.instanceClass`,
      what: `does not run ${engineOf(spec)}`,
      got: spec.instanceClass,
      right: `give one of ${classes.join(", ")}`,
    },
  ];
};

const licence: Check = (key, { kind, licence: given }) => {
  const { licences } = ENGINES[kind];
  if (given === undefined)
    return licences.length > 1
      ? [{ key: `${key}.licence`, what: `is missing for ${kind}`, right: `give one of ${licences.join(", ")}` }]
      : [];
  return licences.some((known) => known === given)
    ? []
    : [
        {
          key: `${key}.licence`,
          what: `is not one that ${kind} can be run with`,
          got: given,
          right: licences.length > 0 ? `give one of ${licences.join(", ")}` : "leave it out",
        },
      ];
};

const standby: Check = (key, spec) => {
  const faults: Fault[] = [];
  const aurora = spec.kind === "aurora-postgres" || spec.kind === "aurora-mysql";
  if (spec.durable && aurora && spec.nodes < 2)
    faults.push({
      key: `${key}.readers`,
      what: "leaves one instance as a single point of failure in a durable environment",
      got: spec.nodes - 1,
      right: "give at least 1",
    });
  if (spec.durable && !aurora && !spec.multiAz)
    faults.push({
      key: `${key}.multiAz`,
      what: "leaves one instance as a single point of failure in a durable environment",
      got: spec.multiAz,
      right: "give true",
    });
  if (spec.multiAz && engineOf(spec) === "sqlserver-ex")
    faults.push({
      key: `${key}.multiAz`,
      what: "is not to be had with SQL Server Express",
      got: spec.multiAz,
      right: "give false, or make the environment durable to get the Standard Edition",
    });
  if (spec.zones < 2)
    faults.push({
      key: `${key}.subnets`,
      what: "are in one availability zone, and a subnet group needs two",
      got: spec.zones,
      right: "give the network at least two availability zones",
    });
  return faults;
};

const backups: Check = (key, { durable, backupDays }) => {
  if (backupDays > RDS_LIMITS.backupDays.value || backupDays < 0)
    return [{ key: `${key}.backupDays`, what: "is out of range", got: backupDays, right: `give 0 to ${RDS_LIMITS.backupDays.value}` }];
  return durable && backupDays === 0
    ? [
        {
          key: `${key}.backupDays`,
          what: "turns backups off in a durable environment",
          got: 0,
          right: `give 1 to ${RDS_LIMITS.backupDays.value}`,
        },
      ]
    : [];
};

const storage: Check = (key, { kind, storage: size }) => {
  if (!size) return [];
  const most = gib(kind === "sqlserver" ? RDS_LIMITS.mostStorageSqlServer : RDS_LIMITS.mostStorage);
  const least = gib(RDS_LIMITS.leastStorage);
  const faults: Fault[] = [];
  if (size.allocated < least || size.allocated > most)
    faults.push({
      key: `${key}.storage`,
      what: "is out of range",
      got: `${size.allocated}GiB`,
      right: `give ${least}GiB to ${most}GiB`,
    });
  if (size.maximum > most || size.maximum < leastMaximum(size.allocated))
    faults.push({
      key: `${key}.maximumStorage`,
      what: "leaves no room to grow, or more than there is",
      got: `${size.maximum}GiB`,
      right: `give ${leastMaximum(size.allocated)}GiB to ${most}GiB`,
    });
  return faults;
};

const identifiers: Check = (key, spec) => {
  const { kind, storeName, services } = spec;
  const { reservedDatabases } = ENGINES[kind];
  const longest = NAME_LIMITS[engineOf(spec)];
  const database = databaseNameOf(storeName);
  const faults: Fault[] = [];
  const longestName = RDS_LIMITS.identifierLength.value - AUTO_NAME - SUFFIX.length;
  if (storeName.length > Math.min(longestName, longest.database))
    faults.push({
      key: `${key}.name`,
      what: "is too long for an identifier of RDS",
      got: storeName,
      right: `give at most ${Math.min(longestName, longest.database)} characters`,
    });
  if (/--|-$/.test(storeName))
    faults.push({
      key: `${key}.name`,
      what: "has two hyphens in a row or ends with one, which RDS does not take",
      got: storeName,
      right: "use single hyphens between words",
    });
  if (reservedDatabases.includes(database) || database === MASTER_USER)
    faults.push({ key: `${key}.name`, what: `is a name that ${kind} keeps for itself`, got: storeName, right: "choose another name" });
  for (const service of services) {
    const { iamUser, passwordUsers } = userNames(service);
    const length = Math.max(iamUser.length, ...passwordUsers.map((user) => user.length));
    if (length > longest.user)
      faults.push({
        key,
        what: `makes a user that is too long for ${kind}`,
        got: iamUser,
        right: `give the service a name of at most ${longest.user - (length - service.length)} characters`,
      });
    if (kind.endsWith("postgres") && service.startsWith("pg-"))
      faults.push({
        key,
        what: "makes a user whose name starts with pg_, which PostgreSQL keeps for itself",
        got: service,
        right: "give the service a name that does not start with pg-",
      });
  }
  return faults;
};

const CHECKS: readonly Check[] = [version, instanceClass, licence, standby, backups, storage, identifiers];

/**
 * Everything that AWS or the engine would refuse only while a store is made, or that no durable environment should have.
 * @param key where the store is declared, such as `Pulumi.prod.yaml: strata:persistence.databases.crm`.
 */
export function relationalFaults(key: string, spec: RelationalSpec): Fault[] {
  return CHECKS.flatMap((check) => check(key, spec));
}
