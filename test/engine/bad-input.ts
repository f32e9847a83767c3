import { once } from "node:events";
import { createServer } from "node:http";
import { EXIT } from "../../automation/exit";

type Variables = Readonly<Record<string, string | undefined>>;

/** Something around an operation that is wrong. */
export interface BadInput {
  readonly what: string;
  /** What the operation is refused with. */
  readonly refused: { readonly name: string; readonly exitCode: number; readonly message: RegExp };
  /** What is wrong in the engine's environment. */
  readonly env?: Variables;
  /** A server answers in the place of S3, as that does to credentials that are expired. */
  readonly asksServer?: boolean;
  /** Environment it is done to: one that is there, one without a stack, or one without a stack file. Default: that is there. */
  readonly to?: "stackless" | "fileless";
}

const KEYS = { AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret", AWS_MAX_ATTEMPTS: "1" };

function bucketAt(port: number): string {
  return `s3://states?endpoint=http://127.0.0.1:${port}&s3ForcePathStyle=true&region=us-east-1`;
}

/** What every operation refuses, before it does anything. */
export const BAD_INPUT: readonly BadInput[] = [
  {
    what: "a wrong passphrase",
    refused: { name: "WrongPassphrase", exitCode: EXIT.wrongPassphrase, message: /: the passphrase .* is another/ },
    env: { PULUMI_CONFIG_PASSPHRASE: "no" },
  },
  {
    what: "no passphrase",
    refused: { name: "WrongPassphrase", exitCode: EXIT.wrongPassphrase, message: /there is none; set PULUMI_CONFIG_PASSPHRASE/ },
    env: { PULUMI_CONFIG_PASSPHRASE: undefined },
  },
  {
    what: "a folder that is not there",
    refused: { name: "BackEndUnreachable", exitCode: EXIT.backEndUnreachable, message: /out of reach: .*no such file/ },
    env: { PULUMI_BACKEND_URL: "file:///nowhere/at/all" },
  },
  {
    what: "a back end that nobody answers for",
    refused: { name: "BackEndUnreachable", exitCode: EXIT.backEndUnreachable, message: /out of reach: .*connection refused/ },
    env: { ...KEYS, PULUMI_BACKEND_URL: bucketAt(1) },
  },
  {
    what: "a stack that the back end has not",
    refused: { name: "UnknownEnvironment", exitCode: EXIT.unknownEnvironment, message: /no stack of it; make it with strata init/ },
    to: "stackless",
  },
  {
    what: "an environment that has no stack file",
    refused: {
      name: "UnknownEnvironment",
      exitCode: EXIT.unknownEnvironment,
      message: /there is no Pulumi\..*\.yaml; did you mean/,
    },
    to: "fileless",
  },
  {
    what: "credentials that are expired",
    refused: {
      name: "CredentialsExpired",
      exitCode: EXIT.credentialsExpired,
      message: /AWS does not take the credentials: .*ExpiredToken/,
    },
    asksServer: true,
  },
];

/** Does something with the environment of a bad input. */
export async function withBadInput(input: BadInput, work: (env: Variables) => Promise<void>): Promise<void> {
  if (!input.asksServer) return work(input.env ?? {});
  const server = createServer((_, response) => {
    response.writeHead(400, { "content-type": "application/xml" });
    response.end("<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  try {
    await work({ ...KEYS, AWS_SESSION_TOKEN: "old", PULUMI_BACKEND_URL: bucketAt(address.port) });
  } finally {
    server.close();
  }
}

/** Ways in which the file of a state is spoilt. */
export const SPOILT: readonly (readonly [string, (text: string) => string])[] = [
  ["is cut off", (text) => text.slice(0, 300)],
  ["is empty", () => ""],
  [
    "names a provider that it has not",
    (text) =>
      text
        .replace(/"pulumi:providers:random"/, '"pulumi:providers:other"')
        .replace(/::pulumi:providers:random::/, "::pulumi:providers:other::"),
  ],
];
