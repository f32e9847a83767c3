import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustPolicy } from "../../../../components/iam";
import { Network } from "../../../../components/network/network";
import { LayerKey } from "../../../../components/persistence/layer-key";
import { AuroraCluster, type AuroraClusterArgs } from "../../../../components/persistence/relational/aurora-cluster";
import { type InstanceKind, type RelationalKind } from "../../../../components/persistence/relational/engines";
import { RdsInstance, type RdsInstanceArgs } from "../../../../components/persistence/relational/rds-instance";
import { type Bindable, type BoundAccess } from "../../../../components/service/binding";
import { type PlannedResource } from "../../../../plan/graph";
import { recordProgram, TEST_CONTEXT } from "../../../harness";

type Options = Parameters<Parameters<typeof recordProgram>[0]>[0];

/** What an environment gives to its databases. */
interface Surroundings {
  readonly context: { readonly environment: string; readonly accountId: string; readonly region: string; readonly durable: boolean };
  readonly network: Network;
  readonly keyArn: pulumi.Output<string>;
  readonly operations: AuroraClusterArgs["operations"];
}

const TOPIC = "arn:aws:sns:us-east-1:111122223333:alarms";

function surroundings(options: Options, durable: boolean): Surroundings {
  const { region } = TEST_CONTEXT;
  const context = { ...TEST_CONTEXT, durable };
  const network = new Network(
    "network",
    {
      ...{ cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"], region, nat: "none", flowLogDays: 7, durable },
      ...{ gatewayEndpoints: ["s3"], interfaceEndpoints: ["secretsmanager"] },
    },
    options,
  );
  const key = (name: string) => new LayerKey(name, { context, description: name, services: [] }, options).arn;
  return {
    context,
    network,
    keyArn: key("persistence"),
    operations: { logDays: 7, logKeyArn: key("visibility"), alarmTopicArn: TOPIC },
  };
}

/** Sizes that fit, for each engine that runs on an instance. */
const FITTING: Readonly<Record<InstanceKind, Pick<RdsInstanceArgs, "instanceClass" | "licence">>> = {
  postgres: { instanceClass: "db.t4g.micro" },
  mysql: { instanceClass: "db.t4g.micro" },
  mariadb: { instanceClass: "db.t4g.micro" },
  oracle: { instanceClass: "db.t3.small", licence: "license-included" },
  sqlserver: { instanceClass: "db.t3.xlarge" },
};

/** What a test changes of a database, and who uses it. */
export interface Wish {
  readonly durable?: boolean;
  readonly storeName?: string;
  readonly aurora?: Partial<AuroraClusterArgs>;
  readonly instance?: Partial<RdsInstanceArgs>;
  readonly consumers?: readonly { readonly name: string; readonly access: BoundAccess }[];
}

function create(kind: RelationalKind, wish: Wish, around: Surroundings, options: Options): Bindable {
  const storeName = wish.storeName ?? "orders";
  const name = `${storeName}-db`;
  const durable = wish.durable ?? false;
  if (kind === "aurora-postgres" || kind === "aurora-mysql")
    return new AuroraCluster(
      name,
      {
        ...around,
        ...{ kind, storeName, capacity: { minimum: 0, maximum: 4, pauseAfter: 600_000 } },
        ...{ readers: durable ? 1 : 0, backupDays: durable ? 14 : 1 },
        ...wish.aurora,
      },
      options,
    );
  return new RdsInstance(
    name,
    {
      ...around,
      kind,
      storeName,
      ...FITTING[kind],
      storage: { allocated: 20, maximum: 100 },
      backupDays: durable ? 14 : 1,
      ...wish.instance,
    },
    options,
  );
}

/** A database that was recorded, and what each service got. */
export interface Recorded {
  readonly resources: readonly PlannedResource[];
  readonly variables: (service: string) => Readonly<Record<string, string>>;
  readonly ready: (service: string) => readonly pulumi.Resource[];
}

/** Records a database and its bindings; each service has a role of its own name, as on any target. */
export async function database(kind: RelationalKind, wish: Wish = {}): Promise<Recorded> {
  const variables = new Map<string, Record<string, string>>();
  const ready = new Map<string, readonly pulumi.Resource[]>();
  const resources = await recordProgram((options) => {
    const { aws: provider } = options.providers;
    const store = create(kind, wish, surroundings(options, wish.durable ?? false), options);
    for (const { name, access } of wish.consumers ?? []) {
      const binding = store.bind({ name, securityGroupId: pulumi.output(`sg-${name}`) }, access);
      ready.set(name, binding.ready);
      pulumi.output(binding.variables).apply((known) => variables.set(name, known));
      const role = new aws.iam.Role(name, { assumeRolePolicy: trustPolicy("ecs-tasks.amazonaws.com", "111122223333") }, { provider });
      new aws.iam.RolePolicy(name, { role: role.name, policy: policyDocument(binding.statements) }, { provider });
    }
  });
  const of = <Value>(found: ReadonlyMap<string, Value>, service: string): Value => {
    const value = found.get(service);
    if (value === undefined) throw new Error(`${service} is not bound`);
    return value;
  };
  return { resources, variables: (service) => of(variables, service), ready: (service) => of(ready, service) };
}
