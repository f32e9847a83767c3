import { type Fact } from "./row";

const GUIDE = "https://docs.aws.amazon.com/opensearch-service/latest/developerguide";
const DATE = "2026-11";

/** How the data nodes of a domain are spread. */
export const SEARCH_ZONES = {
  counts: [2, 3],
  byDefault: 2,
  source: `${GUIDE}/managedomains-multiaz.html`,
  date: DATE,
} as const satisfies Fact & Record<string, unknown>;

/** How many dedicated masters a domain can have. */
export const SEARCH_MASTERS = {
  counts: [3, 5],
  source: `${GUIDE}/managedomains-dedicatedmasternodes.html`,
  date: DATE,
} as const satisfies Fact & Record<string, unknown>;

const QUOTAS = { source: `${GUIDE}/limits.html`, date: DATE } as const;

/** Domain names: lower-case letters, digits and hyphens, a letter first. */
export const SEARCH_DOMAIN_NAME = { pattern: /^[a-z][a-z0-9-]{2,27}$/, ...QUOTAS } as const satisfies Fact & Record<string, unknown>;

/** GiB of the volume of a data node of some families. */
export interface SearchVolume extends Fact {
  readonly families: RegExp;
  readonly size: string;
  readonly most: number;
}

/** Smallest volume of a data node, in GiB. */
export const SEARCH_LEAST_VOLUME = { gib: 10, ...QUOTAS } as const satisfies Fact & Record<string, unknown>;

const row = (families: RegExp, sizes: Readonly<Record<string, number>>): SearchVolume[] =>
  Object.entries(sizes).map(([size, most]) => ({ families, size, most, ...QUOTAS }));

/** Largest gp3 volume by type; gp2 ends at or below it. A type that is not here may have any volume. */
export const SEARCH_VOLUMES: readonly SearchVolume[] = [
  ...row(/^t2$/, { micro: 35, small: 35, medium: 35 }),
  ...row(/^t3$/, { small: 100, medium: 200 }),
  ...row(/^m[56]g?$/, { large: 1_024, xlarge: 2_048, "2xlarge": 3_072, "4xlarge": 6_144, "8xlarge": 12_288, "12xlarge": 18_432 }),
  ...row(/^c5$/, { large: 256, xlarge: 512, "2xlarge": 1_024, "4xlarge": 1_536, "9xlarge": 3_584, "18xlarge": 7_168 }),
  ...row(/^c6g$/, { large: 256, xlarge: 512, "2xlarge": 1_024, "4xlarge": 1_536, "8xlarge": 3_072, "12xlarge": 4_608 }),
  ...row(/^r[56]g?$/, { large: 2_048, xlarge: 3_072, "2xlarge": 6_144, "4xlarge": 12_288, "8xlarge": 16_384, "12xlarge": 24_576 }),
];

/** Families with disks of their own: they take no EBS volume, and all others need one. */
export const SEARCH_LOCAL_DISKS = { families: /^(i\d|im4gn|r6gd|r7gd|m3|r3|i2)/, ...QUOTAS } as const satisfies Fact &
  Record<string, unknown>;

/** Families that can neither encrypt at rest nor have fine-grained access control. */
export const SEARCH_WITHOUT_ENCRYPTION = {
  families: /^(t2|m3|r3|i2)$/,
  source: `${GUIDE}/encryption-at-rest.html`,
  date: DATE,
} as const satisfies Fact & Record<string, unknown>;
