import { type Fact } from "./row";

const SOURCE = { source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html", date: "2026-11" } as const;

/** A range, both ends included. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** What a type of storage takes with one engine. */
export interface StorageRules extends Fact {
  /** GiB. */
  readonly size: Range;
  /** I/O operations a second that may be asked for; absent where they cannot be chosen. */
  readonly iops?: Range;
  /** MiB/s that may be asked for; absent where it cannot be chosen. */
  readonly throughput?: Range;
  /** GiB from which on operations and throughput can be chosen; absent: from the first. */
  readonly tunedFrom?: number;
}

/** How engines differ in storage. */
type Group = "open" | "oracle" | "sqlserver";

const GP3_IOPS = { least: 12_000, most: 64_000 };
const GP3_THROUGHPUT = { least: 500, most: 4_000 };

/** Types of storage of instances. SQL Server takes gp3 and io1 to 16 TiB, the others to 64 TiB; gp3 is striped, and can be tuned, from a size on. */
const RULES: Readonly<Record<Group, Readonly<Record<string, StorageRules>>>> = {
  open: {
    gp2: { size: { least: 20, most: 65_536 }, ...SOURCE },
    gp3: { size: { least: 20, most: 65_536 }, iops: GP3_IOPS, throughput: GP3_THROUGHPUT, tunedFrom: 400, ...SOURCE },
    io1: { size: { least: 100, most: 65_536 }, iops: { least: 1_000, most: 256_000 }, ...SOURCE },
    io2: { size: { least: 100, most: 65_536 }, iops: { least: 1_000, most: 256_000 }, ...SOURCE },
    standard: { size: { least: 5, most: 3_072 }, ...SOURCE },
  },
  oracle: {
    gp2: { size: { least: 20, most: 65_536 }, ...SOURCE },
    gp3: { size: { least: 20, most: 65_536 }, iops: GP3_IOPS, throughput: GP3_THROUGHPUT, tunedFrom: 200, ...SOURCE },
    io1: { size: { least: 100, most: 65_536 }, iops: { least: 1_000, most: 256_000 }, ...SOURCE },
    io2: { size: { least: 100, most: 65_536 }, iops: { least: 1_000, most: 256_000 }, ...SOURCE },
    standard: { size: { least: 10, most: 3_072 }, ...SOURCE },
  },
  sqlserver: {
    gp2: { size: { least: 20, most: 16_384 }, ...SOURCE },
    gp3: { size: { least: 20, most: 16_384 }, iops: { least: 3_000, most: 16_000 }, throughput: { least: 125, most: 1_000 }, ...SOURCE },
    io1: { size: { least: 20, most: 16_384 }, iops: { least: 1_000, most: 64_000 }, ...SOURCE },
    io2: { size: { least: 20, most: 65_536 }, iops: { least: 1_000, most: 256_000 }, ...SOURCE },
    standard: { size: { least: 20, most: 1_024 }, ...SOURCE },
  },
};

/** What a type of storage takes with an engine; undefined for an engine or a type that is not known here. */
export function storageRules(engine: string, type: string): StorageRules | undefined {
  const group = groupOf(engine);
  return group === undefined ? undefined : RULES[group][type];
}

/** The types of storage that instances have. */
export const STORAGE_TYPES: readonly string[] = Object.keys(RULES.open);

function groupOf(engine: string): Group | undefined {
  if (["postgres", "mysql", "mariadb"].includes(engine)) return "open";
  if (engine.startsWith("oracle-")) return "oracle";
  return engine.startsWith("sqlserver-") ? "sqlserver" : undefined;
}
