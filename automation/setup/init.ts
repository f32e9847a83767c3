import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Document, parseDocument } from "yaml";
import { ConfigError, type Fault } from "../../components/faults";
import { type Platform } from "../platform";
import { readStacks } from "../records";

const PROJECT_FILE = "Pulumi.yaml";

/** What the engine writes into a stack file for its secrets. */
const SECRET_KEYS = ["secretsprovider", "encryptedkey", "encryptionsalt"] as const;

/** How an environment is set up. */
export interface InitOptions {
  /** URL of the back end: `file://…`, `s3://…`, `https://api.pulumi.com`. Default: the one that is chosen already. */
  readonly backend?: string;
  /** `passphrase`, `default` (that of Pulumi Cloud) or a key, such as `awskms://alias/strata?region=us-east-1`. Default: that of the stack file, else the engine's. */
  readonly secretsProvider?: string;
}

/** What was done, a line each; nothing when all of it was there. */
export interface InitResult {
  readonly environment: string;
  readonly done: readonly string[];
}

const BACK_ENDS = /^(file|s3|azblob|gs|https?|postgres):\/\//;

function read(path: string): Document {
  return parseDocument(readFileSync(path, "utf8"));
}

function textAt(document: Document, ...path: readonly string[]): string | undefined {
  const value = document.getIn([...path]);
  return typeof value === "string" ? value : undefined;
}

/** A file's folder has to be there: the engine makes none. */
function makeFolder(root: string, url: string): string[] {
  const path = url.replace(/^file:\/\//, "");
  if (!url.startsWith("file://") || path.startsWith("~") || path === "") return [];
  const folder = resolve(root, path);
  if (existsSync(folder)) return [];
  mkdirSync(folder, { recursive: true });
  return [`${folder}: made`];
}

function chooseBackEnd(root: string, url: string | undefined): string[] {
  if (url === undefined) return [];
  const path = join(root, PROJECT_FILE);
  const document = read(path);
  const before = textAt(document, "backend", "url");
  if (before === url) return makeFolder(root, url);
  document.setIn(["backend", "url"], url);
  writeFileSync(path, document.toString({ lineWidth: 0 }));
  return [...makeFolder(root, url), `${PROJECT_FILE}: backend.url is ${url}`];
}

function faultsOf(root: string, environment: string, { backend, secretsProvider }: InitOptions): Fault[] {
  const before = textAt(read(join(root, PROJECT_FILE)), "backend", "url");
  const secrets = textAt(read(join(root, `Pulumi.${environment}.yaml`)), "secretsprovider");
  return [
    ...(backend !== undefined && !BACK_ENDS.test(backend)
      ? [
          {
            key: "--backend",
            what: "is no URL of a back end",
            got: backend,
            right: "such as file:///var/strata, s3://bucket or https://api.pulumi.com",
          },
        ]
      : []),
    ...(backend !== undefined && before !== undefined && before !== backend
      ? [
          {
            key: `${PROJECT_FILE}: backend.url`,
            what: "is another back end already",
            got: before,
            right: "leave --backend out, or move the states first",
          },
        ]
      : []),
    ...(secretsProvider !== undefined && secrets !== undefined && secrets !== secretsProvider
      ? [
          {
            key: `Pulumi.${environment}.yaml: secretsprovider`,
            what: "is another one already",
            got: secrets,
            right: `leave --secrets-provider out, or run pulumi stack change-secrets-provider -s ${environment}`,
          },
        ]
      : []),
  ];
}

/** The engine writes the whole stack file anew; what it added is put into the file as it was, with its comments. */
function keepComments(path: string, before: string): string[] {
  const after = read(path);
  const document = parseDocument(before);
  const added = SECRET_KEYS.filter((key) => textAt(after, key) !== undefined && textAt(after, key) !== textAt(document, key));
  for (const key of added) document.set(key, textAt(after, key));
  writeFileSync(path, added.length > 0 ? document.toString({ lineWidth: 0 }) : before);
  return [...added];
}

/**
 * Gives an environment a stack in the back end, and writes into its files what that needs; done twice, it does nothing the second time.
 * @throws {ConfigError} when something else is chosen already. {PlatformError} when the back end or the secrets provider refuses.
 */
export async function initialize(platform: Platform, environment: string, options: InitOptions): Promise<InitResult> {
  const stack = await platform.stack(environment);
  const faults = faultsOf(platform.root, environment, options);
  if (faults.length > 0) throw new ConfigError(faults);
  const done = chooseBackEnd(platform.root, options.backend);
  if (readStacks(await stack.command("stack", "ls", "--json")).some(({ name }) => name === environment)) return { environment, done };
  const path = join(platform.root, `Pulumi.${environment}.yaml`);
  const before = readFileSync(path, "utf8");
  const secretsProvider = options.secretsProvider ?? textAt(parseDocument(before), "secretsprovider");
  const run = await stack.engine.create(secretsProvider);
  const added = keepComments(path, before);
  stack.demand(run);
  return {
    environment,
    done: [
      ...done,
      `${environment}: has a stack now`,
      ...(added.length > 0 ? [`Pulumi.${environment}.yaml: ${added.join(", ")} written`] : []),
    ],
  };
}
