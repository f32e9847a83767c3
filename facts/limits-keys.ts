import { type Fact } from "./row";

/** Days between the deletion of something that can be had back, and its end. */
export interface DeletionWindow extends Fact {
  readonly least: number;
  readonly most: number;
  /** True where 0 is taken as well: gone at once. */
  readonly none: boolean;
}

/** By type: the window that it takes. */
export const DELETION_WINDOWS = {
  "aws:kms/key:Key": {
    least: 7,
    most: 30,
    none: false,
    source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html",
    date: "2026-11",
  },
  "aws:secretsmanager/secret:Secret": {
    least: 7,
    most: 30,
    none: true,
    source: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html",
    date: "2026-11",
  },
} as const satisfies Readonly<Record<string, DeletionWindow>>;

/** What an alias of a key begins with, and what is kept for AWS. */
export const KEY_ALIAS = {
  prefix: "alias/",
  reserved: "alias/aws/",
  longest: 256,
  source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html",
  date: "2026-11",
} as const satisfies Fact & { readonly prefix: string; readonly reserved: string; readonly longest: number };
