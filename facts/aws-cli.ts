import { type Fact } from "./row";

/** Image of the AWS command line tool, which has `sh` and `bash` too; it fetches what a program of the platform needs before it starts. */
export const AWS_CLI_IMAGE = {
  image: "public.ecr.aws/aws-cli/aws-cli:2.31.0",
  source: "https://gallery.ecr.aws/aws-cli/aws-cli",
  date: "2026-11",
} as const satisfies Fact & { readonly image: string };
