import { RELATIONAL_KINDS } from "../../components/service/needs";
import { type Target } from "../../components/service/descriptor";
import { type StoreKind } from "../../components/service/store-kind";
import { type PlannedResource } from "../../plan/graph";
import { only } from "../harness";
import { type Expected } from "./expected-access";

type Variables = Readonly<Record<string, string>>;

const WORKLOADS: Readonly<Record<Target, string>> = {
  lambda: "aws:lambda/function:Function",
  fargate: "aws:ecs/taskDefinition:TaskDefinition",
  "fargate-job": "aws:ecs/taskDefinition:TaskDefinition",
  ecs: "aws:ecs/taskDefinition:TaskDefinition",
  eks: "kubernetes:apps/v1:Deployment",
  "eks-stateful": "kubernetes:apps/v1:StatefulSet",
};

interface NamedContainer {
  readonly name: string;
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
  readonly env?: NamedContainer["environment"];
}

function inside(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((at, key) => (at as Record<string, unknown>)[key], value);
}

/** The variables that the code of a service finds when it runs: of its task definition, its function, or its pods. */
export function variablesOf(resources: readonly PlannedResource[], service: string, target: Target): Variables {
  const { inputs } = only(resources, WORKLOADS[target], service);
  if (target === "lambda") return inside(inputs, "environment", "variables") as Variables;
  const containers: unknown =
    target === "eks" || target === "eks-stateful"
      ? inside(inputs, "spec", "template", "spec", "containers")
      : JSON.parse(String(inputs["containerDefinitions"]));
  const own = (containers as NamedContainer[]).find(({ name }) => name === service);
  if (!own) throw new Error(`${service} on ${target} has no container of its own name`);
  return Object.fromEntries((own.environment ?? own.env ?? []).map(({ name, value }) => [name, value]));
}

/** Start of a variable's name, as docs/persistence.md says: the store's name in capitals, with _ for everything else. */
export function prefixOf(store: string): string {
  return store.toUpperCase().replace(/[^A-Z0-9]/g, "_");
}

/** Reads a variable as a client would; one that is missing or empty is no binding. */
function reader(variables: Variables, prefix: string): (suffix: string) => string {
  return (suffix) => {
    const name = prefix === "" ? suffix : `${prefix}_${suffix}`;
    const value = variables[name];
    if (!value) throw new Error(`variable ${name} is missing`);
    return value;
  };
}

/** Host and port of a connection string, by the parser that clients use. */
function addressOf(url: string): string {
  const { hostname, port } = new URL(url);
  if (hostname === "" || port === "") throw new Error(`no host or no port in ${url}`);
  return `${hostname}:${port}`;
}

type Read = Omit<Expected, "grants" | "endpoint">;

function relational(variables: Variables, store: string, kind: StoreKind): Read {
  const of = reader(variables, `${prefixOf(store)}_DB`);
  const scheme = kind.replace(/^aurora-/, "");
  const user = kind === "oracle" || kind === "sqlserver" ? undefined : of("USER");
  const url = (host: string) => `${scheme}://${user === undefined ? "" : `${user}@`}${host}:${of("PORT")}/${of("NAME")}`;
  return {
    addresses: [addressOf(url(of("HOST")))],
    values: {
      reader: addressOf(url(of("READER_HOST"))),
      database: new URL(url(of("HOST"))).pathname.slice(1),
      ...(kind === "oracle" && { schema: of("SCHEMA") }),
      ...(user !== undefined && { user: new URL(url(of("HOST"))).username }),
    },
    secret: of("SECRET_ARN"),
  };
}

/** `failover:(a,b)` of OpenWire, or one address of AMQP. */
function broker(variables: Variables, store: string, kind: StoreKind): Read {
  const of = reader(variables, `${prefixOf(store)}_QUEUE`);
  const url = of("BROKER_URL");
  const urls = kind === "activemq" ? /^failover:\((.+)\)$/.exec(url)?.[1] : url;
  if (urls === undefined) throw new Error(`${url} is not what a client of ${kind} connects to`);
  const scheme = kind === "activemq" ? "ssl:" : "amqps:";
  const addresses = urls.split(",").map((one) => {
    if (new URL(one).protocol !== scheme) throw new Error(`${one} is not ${scheme}`);
    return addressOf(one);
  });
  return { addresses, values: { queue: reader(variables, "")(`${prefixOf(store)}_QUEUE`) }, secret: of("SECRET_ARN") };
}

function topic(variables: Variables, store: string): Read {
  const of = reader(variables, "");
  const group = variables["KAFKA_GROUP_ID"];
  return {
    addresses: of("KAFKA_BOOTSTRAP_SERVERS")
      .split(",")
      .map((one) => addressOf(`kafka://${one}`)),
    values: { topic: of(`${prefixOf(store)}_TOPIC`), login: of("KAFKA_LOGIN"), ...(group !== undefined && { group }) },
  };
}

function cache(variables: Variables, store: string): Read {
  const of = reader(variables, `${prefixOf(store)}_CACHE`);
  const scheme = of("TLS") === "true" ? "rediss" : "redis";
  const url = (host: string) => addressOf(`${scheme}://${of("USER")}@${host}:${of("PORT")}`);
  return {
    addresses: [url(of("HOST"))],
    values: {
      reader: url(of("READER_HOST")),
      tls: of("TLS"),
      prefix: of("PREFIX"),
      login: of("LOGIN"),
      cache: of("NAME"),
      user: of("USER"),
    },
  };
}

function warehouse(variables: Variables, store: string): Read {
  const of = reader(variables, `${prefixOf(store)}_WAREHOUSE`);
  const url = `redshift://${of("HOST")}:${of("PORT")}/${of("DATABASE")}`;
  return { addresses: [addressOf(url)], values: { database: new URL(url).pathname.slice(1), workgroup: of("WORKGROUP") } };
}

/** A store behind an API has one variable, which says which one it is. */
const named =
  (what: string, suffix: string) =>
  (variables: Variables, store: string): Read => ({
    addresses: [],
    values: { [what]: reader(variables, prefixOf(store))(suffix) },
  });

const READERS: Readonly<Record<StoreKind, (variables: Variables, store: string, kind: StoreKind) => Read>> = {
  ...Object.fromEntries(RELATIONAL_KINDS.map((kind) => [kind, relational])),
  sqs: named("url", "QUEUE_URL"),
  activemq: broker,
  rabbitmq: broker,
  topic,
  cache,
  table: named("table", "TABLE"),
  bucket: named("bucket", "BUCKET"),
  warehouse,
  secret: (variables, store) => {
    const read = named("secret", "SECRET_ARN")(variables, store);
    return { ...read, secret: read.values["secret"] };
  },
};

/**
 * Reads a binding as the code of a service would: from its variables alone, with the parsers that clients use.
 * @throws {Error} for a variable that is missing, or an address that does not parse.
 */
export function readBinding(variables: Variables, kind: StoreKind, store: string): Read {
  const read = READERS[kind];
  if (!read) throw new Error(`nobody has said how a service reads what it is bound to of kind ${kind}`);
  return read(variables, store, kind);
}
