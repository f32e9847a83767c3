/** Where a number or a name comes from. Every row of every table in this folder has both. */
export interface Fact {
  /** Public page or price list it was read from. */
  readonly source: string;
  /** Month it was read, such as `2026-11`. */
  readonly date: string;
}

/** A limit that AWS enforces. */
export interface Limit extends Fact {
  readonly value: number;
  readonly unit: "MiB" | "ms" | "vCPU" | "count";
  /** True when AWS raises it on request (a quota); false when nothing moves it. */
  readonly adjustable: boolean;
}
