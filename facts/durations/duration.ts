import { type Fact } from "../row";

/** What the engine asks a provider to do with a resource. */
export type Operation = "create" | "update" | "delete";

/** Usual minutes, and those of the slowest one in twenty where they are far from usual. */
export type Minutes = number | readonly [usual: number, tail: number];

/** How long the operations on a type of resource take, until the provider says that they are done. */
export interface DurationRow extends Fact {
  readonly create: Minutes;
  readonly update: Minutes;
  readonly delete: Minutes;
}

/** Input properties as a plan has them: any of them may be absent or not known yet. */
export type Inputs = Readonly<Record<string, unknown>>;

/** A row, or how it follows from the inputs. */
export type Timed = DurationRow | ((inputs: Inputs) => DurationRow);

export type DurationTable = Readonly<Record<string, Timed>>;

/** Month in which the pages were read. */
const READ = "2026-11";

const WAITERS = "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service";

/** A row whose page says what is waited for. */
export function took(source: string, create: Minutes, update: Minutes, gone: Minutes): DurationRow {
  return { create, update, delete: gone, source, date: READ };
}

/**
 * A row about a type that AWS's pages say nothing of: the provider's source says what it waits for.
 * @param file below its `internal/service`.
 */
export function waits(file: string, create: Minutes, update: Minutes, gone: Minutes): DurationRow {
  return took(`${WAITERS}/${file}.go`, create, update, gone);
}

/** A number of the inputs, or what holds when it is absent or not known. */
export function numberIn(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}

/** A part of the inputs; empty when it is absent or not known. */
export function partOf(value: unknown): Inputs {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Inputs) : {};
}

/** Text of the inputs; empty when it is absent. */
export function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}
