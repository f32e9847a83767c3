/** What EBS allows. */
export const EBS_LIMITS = {
  /** GiB of one gp3 volume. */
  gp3Gib: { value: 65_536, source: "Amazon EBS user guide, 'General Purpose SSD volumes'", date: "2026-11" },
} as const;
