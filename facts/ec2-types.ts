import { type Fact } from "./row";

/** Instruction set of a function, a task or an instance, as Lambda and EC2 spell it. */
export type Architecture = "arm64" | "x86_64";

/** An EC2 instance type. Prices: `prices/ec2.ts`. */
export interface Ec2Type extends Fact {
  readonly type: string;
  readonly architecture: Architecture;
  readonly vcpu: number;
  /** Share of each vCPU that can be used all the time; below 1 for burstable types. */
  readonly baseline: number;
  /** Memory in MiB. */
  readonly memory: number;
  /** Network interfaces it can have. */
  readonly enis: number;
  /** IPv4 addresses of each interface. */
  readonly ipv4PerEni: number;
  /** Branch interfaces of its trunk interface, each for one task of its own address; 0 when it has no trunk. */
  readonly branchEnis: number;
}

const TYPES = {
  source: "https://docs.aws.amazon.com/ec2/latest/instancetypes/ (and DescribeInstanceTypes for its interfaces)",
  date: "2026-08",
} as const;
const BURSTABLE = {
  source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-credits-baseline-concepts.html",
  date: "2026-11",
} as const;

/** The instance types that a cluster of this platform is made of: Graviton first, general before compute before memory. */
export const EC2_TYPES: readonly Ec2Type[] = [
  { type: "m7g.medium", architecture: "arm64", vcpu: 1, baseline: 1, memory: 4_096, enis: 2, ipv4PerEni: 4, branchEnis: 4, ...TYPES },
  { type: "m7g.large", architecture: "arm64", vcpu: 2, baseline: 1, memory: 8_192, enis: 3, ipv4PerEni: 10, branchEnis: 9, ...TYPES },
  { type: "m7g.xlarge", architecture: "arm64", vcpu: 4, baseline: 1, memory: 16_384, enis: 4, ipv4PerEni: 15, branchEnis: 18, ...TYPES },
  { type: "m7g.2xlarge", architecture: "arm64", vcpu: 8, baseline: 1, memory: 32_768, enis: 4, ipv4PerEni: 15, branchEnis: 38, ...TYPES },
  { type: "m7g.4xlarge", architecture: "arm64", vcpu: 16, baseline: 1, memory: 65_536, enis: 8, ipv4PerEni: 30, branchEnis: 54, ...TYPES },
  { type: "c7g.medium", architecture: "arm64", vcpu: 1, baseline: 1, memory: 2_048, enis: 2, ipv4PerEni: 4, branchEnis: 4, ...TYPES },
  { type: "c7g.large", architecture: "arm64", vcpu: 2, baseline: 1, memory: 4_096, enis: 3, ipv4PerEni: 10, branchEnis: 9, ...TYPES },
  { type: "c7g.xlarge", architecture: "arm64", vcpu: 4, baseline: 1, memory: 8_192, enis: 4, ipv4PerEni: 15, branchEnis: 18, ...TYPES },
  { type: "c7g.2xlarge", architecture: "arm64", vcpu: 8, baseline: 1, memory: 16_384, enis: 4, ipv4PerEni: 15, branchEnis: 38, ...TYPES },
  { type: "c7g.4xlarge", architecture: "arm64", vcpu: 16, baseline: 1, memory: 32_768, enis: 8, ipv4PerEni: 30, branchEnis: 54, ...TYPES },
  { type: "r7g.medium", architecture: "arm64", vcpu: 1, baseline: 1, memory: 8_192, enis: 2, ipv4PerEni: 4, branchEnis: 4, ...TYPES },
  { type: "r7g.large", architecture: "arm64", vcpu: 2, baseline: 1, memory: 16_384, enis: 3, ipv4PerEni: 10, branchEnis: 9, ...TYPES },
  { type: "r7g.xlarge", architecture: "arm64", vcpu: 4, baseline: 1, memory: 32_768, enis: 4, ipv4PerEni: 15, branchEnis: 18, ...TYPES },
  { type: "r7g.2xlarge", architecture: "arm64", vcpu: 8, baseline: 1, memory: 65_536, enis: 4, ipv4PerEni: 15, branchEnis: 38, ...TYPES },
  { type: "r7g.4xlarge", architecture: "arm64", vcpu: 16, baseline: 1, memory: 131_072, enis: 8, ipv4PerEni: 30, branchEnis: 54, ...TYPES },
  { type: "t4g.small", architecture: "arm64", vcpu: 2, baseline: 0.2, memory: 2_048, enis: 3, ipv4PerEni: 4, branchEnis: 0, ...BURSTABLE },
  { type: "t4g.medium", architecture: "arm64", vcpu: 2, baseline: 0.2, memory: 4_096, enis: 3, ipv4PerEni: 6, branchEnis: 0, ...BURSTABLE },
  { type: "t4g.large", architecture: "arm64", vcpu: 2, baseline: 0.3, memory: 8_192, enis: 3, ipv4PerEni: 12, branchEnis: 0, ...BURSTABLE },
  {
    type: "t4g.xlarge",
    architecture: "arm64",
    vcpu: 4,
    baseline: 0.4,
    memory: 16_384,
    enis: 4,
    ipv4PerEni: 15,
    branchEnis: 0,
    ...BURSTABLE,
  },
  {
    type: "t4g.2xlarge",
    architecture: "arm64",
    vcpu: 8,
    baseline: 0.4,
    memory: 32_768,
    enis: 4,
    ipv4PerEni: 15,
    branchEnis: 0,
    ...BURSTABLE,
  },
  { type: "m7i.large", architecture: "x86_64", vcpu: 2, baseline: 1, memory: 8_192, enis: 3, ipv4PerEni: 10, branchEnis: 9, ...TYPES },
  { type: "m7i.xlarge", architecture: "x86_64", vcpu: 4, baseline: 1, memory: 16_384, enis: 4, ipv4PerEni: 15, branchEnis: 18, ...TYPES },
  { type: "m7i.2xlarge", architecture: "x86_64", vcpu: 8, baseline: 1, memory: 32_768, enis: 4, ipv4PerEni: 15, branchEnis: 38, ...TYPES },
  { type: "m7i.4xlarge", architecture: "x86_64", vcpu: 16, baseline: 1, memory: 65_536, enis: 8, ipv4PerEni: 30, branchEnis: 54, ...TYPES },
  { type: "c7i.large", architecture: "x86_64", vcpu: 2, baseline: 1, memory: 4_096, enis: 3, ipv4PerEni: 10, branchEnis: 9, ...TYPES },
  { type: "c7i.xlarge", architecture: "x86_64", vcpu: 4, baseline: 1, memory: 8_192, enis: 4, ipv4PerEni: 15, branchEnis: 18, ...TYPES },
  { type: "c7i.2xlarge", architecture: "x86_64", vcpu: 8, baseline: 1, memory: 16_384, enis: 4, ipv4PerEni: 15, branchEnis: 38, ...TYPES },
  { type: "c7i.4xlarge", architecture: "x86_64", vcpu: 16, baseline: 1, memory: 32_768, enis: 8, ipv4PerEni: 30, branchEnis: 54, ...TYPES },
  { type: "r7i.large", architecture: "x86_64", vcpu: 2, baseline: 1, memory: 16_384, enis: 3, ipv4PerEni: 10, branchEnis: 9, ...TYPES },
  { type: "r7i.xlarge", architecture: "x86_64", vcpu: 4, baseline: 1, memory: 32_768, enis: 4, ipv4PerEni: 15, branchEnis: 18, ...TYPES },
  { type: "r7i.2xlarge", architecture: "x86_64", vcpu: 8, baseline: 1, memory: 65_536, enis: 4, ipv4PerEni: 15, branchEnis: 38, ...TYPES },
  {
    type: "r7i.4xlarge",
    architecture: "x86_64",
    vcpu: 16,
    baseline: 1,
    memory: 131_072,
    enis: 8,
    ipv4PerEni: 30,
    branchEnis: 54,
    ...TYPES,
  },
  { type: "t3.small", architecture: "x86_64", vcpu: 2, baseline: 0.2, memory: 2_048, enis: 3, ipv4PerEni: 4, branchEnis: 0, ...BURSTABLE },
  { type: "t3.medium", architecture: "x86_64", vcpu: 2, baseline: 0.2, memory: 4_096, enis: 3, ipv4PerEni: 6, branchEnis: 0, ...BURSTABLE },
  { type: "t3.large", architecture: "x86_64", vcpu: 2, baseline: 0.3, memory: 8_192, enis: 3, ipv4PerEni: 12, branchEnis: 0, ...BURSTABLE },
  {
    type: "t3.xlarge",
    architecture: "x86_64",
    vcpu: 4,
    baseline: 0.4,
    memory: 16_384,
    enis: 4,
    ipv4PerEni: 15,
    branchEnis: 0,
    ...BURSTABLE,
  },
  {
    type: "t3.2xlarge",
    architecture: "x86_64",
    vcpu: 8,
    baseline: 0.4,
    memory: 32_768,
    enis: 4,
    ipv4PerEni: 15,
    branchEnis: 0,
    ...BURSTABLE,
  },
];

/** The instance type of that name, such as `m7g.large`; undefined when the table doesn't have it. */
export function ec2Type(name: string): Ec2Type | undefined {
  return EC2_TYPES.find(({ type }) => type === name);
}

/**
 * The instruction set of an instance type, by its family: a `g` behind the generation is a Graviton processor, as in m7g, c7gn and im4gn.
 * Source: "Instance type naming conventions", Amazon EC2 instance types guide (2026-11). Undefined for a text that is no instance type.
 */
export function architectureOf(type: string): Architecture | undefined {
  const [, family, options] = /^([a-z]+-?\d+)([a-z0-9-]*)\./.exec(type) ?? [];
  if (family === undefined || options === undefined) return undefined;
  return family === "a1" || options.includes("g") ? "arm64" : "x86_64";
}
