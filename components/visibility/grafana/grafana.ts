import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { GRAFANA_IMAGE, GRAFANA_PLUGINS } from "../../../facts/grafana";
import { type LoadBalancer, SIGN_IN_CALLBACK } from "../../compute/load-balancer";
import { type Statement } from "../../iam";
import { type Network } from "../../network/network";
import { allowPassage } from "../../network/passage";
import { type BootstrapOperations } from "../../persistence/relational/bootstrap-function";
import { databaseNameOf, ENGINES } from "../../persistence/relational/engines";
import { createRelationalStore, type RelationalSettings } from "../../persistence/relational/relational-store";
import { StoreLogin } from "../../persistence/store-login";
import { type PlatformContext } from "../../platform-context";
import { type Binding, type Consumer, variablePrefix } from "../../service/binding";
import { bend, type Transform } from "../../transform";
import { type Observed } from "../alarms/observed";
import { type HostedContainer, type HostedProgram, type VisibilityHost } from "../host/host";
import { type LogStore } from "../logs/log-store";
import { type MetricsStore } from "../metrics/metrics-store";
import { dashboardUids } from "./dashboards/dashboards";
import { type DashboardInput } from "./dashboards/input";
import { COGNITO_GROUPS, type IdentityCenterArgs, IdentityCenterSignIn } from "./identity-center";
import { grafanaFiles } from "./files";
import { FOLDERS, START } from "./layout";
import { grafanaSecrets, type GrafanaSecret } from "./secrets";
import { type Allowed, GRAFANA_CALLBACK, type SignIn } from "./sign-in";

/** Who signs people in. */
export type SignInChoice =
  | (Allowed & { readonly kind: "identity-center"; readonly metadataUrl: string })
  | (Omit<SignIn, "client"> & { readonly kind: "oidc"; readonly client: SignIn["client"] });

/** How the internet reaches Grafana: behind the load balancer that services are behind, and never without sign-in. */
export interface GrafanaFront {
  readonly loadBalancer: LoadBalancer;
  /** Domain of the load balancer. */
  readonly domain: string;
  /** Path below which Grafana is: `/grafana`. */
  readonly path: string;
  /** Place of its rule among those of the services. */
  readonly priority: number;
  readonly signIn: SignInChoice;
}

export interface GrafanaArgs {
  readonly context: PlatformContext;
  readonly network: Network;
  readonly host: VisibilityHost;
  /** Key of its secrets and of its database; that of the host's secrets too. Changing it replaces the database. */
  readonly keyArn: pulumi.Input<string>;
  /** Default: CloudWatch has the metrics alone. */
  readonly metrics?: MetricsStore;
  /** Default: no log lines are searched. */
  readonly logs?: LogStore;
  /** Default: no traces are shown. */
  readonly traces?: "xray";
  /** What dashboards are made from; the part that says which stores and services there are is plain. */
  readonly dashboards: DashboardInput;
  /** Copies, spread over zones. More than one needs `database`. */
  readonly replicas: number;
  /**
   * Keeps users, stars, annotations and what people made in the browser in a PostgreSQL of its own. Default: SQLite in the container, which
   * forgets all of it with each restart; dashboards and data sources come from files either way.
   */
  readonly database?: { readonly settings: RelationalSettings; readonly operations: BootstrapOperations };
  /** Default: it is reached from inside the VPC only, by who is let in. */
  readonly front?: GrafanaFront;
  readonly transform?: {
    readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
    readonly targetGroup?: Transform<aws.lb.TargetGroupArgs>;
    readonly userPool?: NonNullable<IdentityCenterArgs["transform"]>["userPool"];
  };
}

const PORT = 3000;
const SIZE = { cpu: 250, memoryMib: 512 } as const;
const DRAIN_SECONDS = 30;
const DATABASE = "grafana";
/** Enough for a few hundred people: Grafana asks it for sessions and settings, never for metrics. */
const DATABASE_CLASS = "db.t4g.micro";
const DATABASE_GIB = 20;
/** It reads its password at its start alone, and every change of a dashboard is a new start: seldom enough that none is locked out. */
const ROTATION_DAYS = 365;

/** Where Grafana keeps its state, once that is declared. */
interface State {
  readonly binding: Binding;
  readonly observed: Observed;
}

/** Where the load balancer sends people to. */
interface Target {
  readonly group: aws.lb.TargetGroup;
  readonly ready: readonly pulumi.Resource[];
}

interface Secrets {
  readonly all: readonly GrafanaSecret[];
  readonly ready: readonly pulumi.Resource[];
}

/**
 * Grafana, with the data sources of the environment and its dashboards, all from files: nothing in it has to be made by hand or backed up.
 *
 * From the internet it is reached only through sign-in, twice. The load balancer lets nobody through who has not signed in with the issuer, so
 * that Grafana's own pages are not open to attack. Grafana then asks the same issuer itself who it is; the session with the issuer makes that
 * invisible. It does not believe the header in which the load balancer says who signed in: that is a token which Grafana cannot check (its
 * signature is over padded base64, its key is no JWKS: grafana/grafana#45191), and without the check whoever else reaches the port is anybody.
 *
 * Cost: its share of the host; with a database 23 USD a month for a `db.t4g.micro` with a standby in us-east-1, and 2 × 2.30 USD for 20 GiB
 * (Amazon RDS pricing, 2026-11); 0.40 USD a month for each of its secrets.
 */
export class Grafana extends pulumi.ComponentResource {
  /** Where people find it; undefined when it is not reached from the internet. */
  public readonly url: string | undefined;
  /** Name it has inside the VPC. */
  public readonly address: pulumi.Output<string>;
  /** Secret with the user name and password of its administrator. */
  public readonly adminSecretArn: pulumi.Output<string>;
  /** What Identity Center has to be told; undefined without it. */
  public readonly identityCenter: IdentityCenterSignIn | undefined;
  /** Its database, to be watched like the others; undefined without one. */
  public readonly state: Observed | undefined;
  /** Ids of its dashboards. */
  public readonly dashboards: readonly string[];

  private readonly identity: Consumer;

  /** @throws {Error} for more than one copy without a database. */
  constructor(
    private readonly name: string,
    private readonly args: GrafanaArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:Grafana", name, {}, options);
    if (args.replicas > 1 && !args.database)
      throw new Error(`${name} has ${args.replicas} copies and no database: each would be another Grafana`);
    const { front } = args;
    this.url = front && `https://${front.domain}${front.path}`;
    this.identity = { name, securityGroupId: this.createSecurityGroup().id };
    const admin = this.createLogin("admin", "admin");
    // In the form of a login, of which only the password is used.
    const encryption = this.createLogin("encryption", "encryption");
    const state = this.createState();
    this.identityCenter = this.createIdentityCenter();
    const signIn = this.signIn();
    const client = signIn && this.createClientSecret(signIn);
    const target = front && signIn && this.createTarget(front, signIn);
    const passages = this.reach();
    const secrets = this.secrets(admin, encryption, state, client);
    const hosted = args.host.run(this.program(state, signIn, secrets, target, [...passages, ...secrets.ready]), this);
    this.address = hosted.address;
    this.adminSecretArn = admin.secretArn;
    this.state = state?.observed;
    this.dashboards = dashboardUids(args.dashboards);
    this.registerOutputs({ url: this.url, address: this.address, adminSecretArn: this.adminSecretArn, dashboards: this.dashboards });
  }

  private get path(): string {
    return this.args.front?.path ?? "";
  }

  /** The group that databases, stores and the load balancer know its copies by. */
  private createSecurityGroup(): aws.ec2.SecurityGroup {
    return new aws.ec2.SecurityGroup(
      ...bend<aws.ec2.SecurityGroupArgs>(
        this.args.transform?.securityGroup,
        this.name,
        { vpcId: this.args.network.vpcId, description: `${this.name}: to its data sources, from the load balancer` },
        { parent: this },
      ),
    );
  }

  private createLogin(suffix: string, username: string): StoreLogin {
    const { context, keyArn } = this.args;
    return new StoreLogin(`${this.name}-${suffix}`, { context, username, keyArn }, { parent: this });
  }

  private createState(): State | undefined {
    const { context, network, keyArn, database } = this.args;
    if (!database) return undefined;
    const store = createRelationalStore(
      `${this.name}-db`,
      {
        context,
        network,
        keyArn,
        operations: database.operations,
        kind: "postgres",
        storeName: DATABASE,
        settings: database.settings,
        choice: { instanceClass: DATABASE_CLASS, storage: DATABASE_GIB },
        rotationDays: ROTATION_DAYS,
      },
      { parent: this },
    );
    return { binding: store.bind(this.identity, "write"), observed: store.observed };
  }

  private createIdentityCenter(): IdentityCenterSignIn | undefined {
    const { context, front, transform } = this.args;
    if (!front || front.signIn.kind !== "identity-center") return undefined;
    const url = `https://${front.domain}${front.path}`;
    return new IdentityCenterSignIn(
      this.name,
      {
        context,
        metadataUrl: front.signIn.metadataUrl,
        callbackUrls: [`https://${front.domain}${SIGN_IN_CALLBACK}`, `${url}${GRAFANA_CALLBACK}`],
        logoutUrl: url,
        transform: { userPool: transform?.userPool },
      },
      { parent: this },
    );
  }

  private signIn(): SignIn | undefined {
    const choice = this.args.front?.signIn;
    if (!choice) return undefined;
    if (choice.kind === "oidc") return choice;
    if (!this.identityCenter) throw new Error(`${this.name} signs people in with Identity Center, which was not made`);
    return { ...choice, client: this.identityCenter.client, groupsClaim: COGNITO_GROUPS };
  }

  /** The issuer's secret for Grafana, which reads secrets as files; the load balancer has its own copy. */
  private createClientSecret({ client }: SignIn): aws.secretsmanager.SecretVersion {
    const { context, keyArn } = this.args;
    const name = `${this.name}-client`;
    const secret = new aws.secretsmanager.Secret(
      name,
      {
        namePrefix: `${context.environment}/${name}/`,
        description: "What Grafana shows the issuer of sign-ins",
        kmsKeyId: keyArn,
        tags: { "strata:because": "The issuer of sign-ins gives out the value" },
        recoveryWindowInDays: context.durable ? 7 : 0,
      },
      { parent: this },
    );
    const secretString = pulumi.secret(pulumi.jsonStringify({ secret: client.clientSecret }));
    return new aws.secretsmanager.SecretVersion(name, { secretId: secret.id, secretString }, { parent: this });
  }

  private createTarget({ loadBalancer, path, priority }: GrafanaFront, { client }: SignIn): Target {
    const group = new aws.lb.TargetGroup(
      ...bend<aws.lb.TargetGroupArgs>(
        this.args.transform?.targetGroup,
        this.name,
        {
          vpcId: this.args.network.vpcId,
          targetType: "ip",
          port: PORT,
          protocol: "HTTP",
          deregistrationDelay: DRAIN_SECONDS,
          tags: this.args.host.targetTags,
          healthCheck: { path: `${path}/api/health`, matcher: "200", interval: 15, timeout: 5, healthyThreshold: 2, unhealthyThreshold: 3 },
        },
        { parent: this },
      ),
    );
    const rule = loadBalancer.route(this.name, { path, priority, targetGroupArn: group.arn, signIn: client }, this);
    return { group, ready: [rule, ...loadBalancer.admit(this.identity, PORT, this)] };
  }

  /** What it asks inside the VPC, by the port. */
  private get asked(): readonly { readonly name: string; readonly securityGroupId: pulumi.Input<string>; readonly port: number }[] {
    const { metrics, logs } = this.args;
    const { securityGroupId, port } = metrics?.query ?? {};
    return [
      ...(securityGroupId && port !== undefined ? [{ name: "metrics", securityGroupId, port }] : []),
      ...(logs ? [{ name: "logs", securityGroupId: logs.securityGroupId, port: logs.port }] : []),
    ];
  }

  private reach(): pulumi.Resource[] {
    return this.asked.flatMap(({ port, ...side }) => allowPassage(this.identity, side, port, this));
  }

  private secrets(
    admin: StoreLogin,
    encryption: StoreLogin,
    state: State | undefined,
    client: aws.secretsmanager.SecretVersion | undefined,
  ): Secrets {
    const { metrics, logs } = this.args;
    const all = grafanaSecrets({
      admin: admin.secretArn,
      encryption: encryption.secretArn,
      database: state && variable(state.binding, "SECRET_ARN"),
      client: client?.arn,
      logs: logs?.credentials?.secretArn,
      metrics: metrics?.query.keySecretArn,
    });
    return { all, ready: [admin.value, encryption.value, ...(client ? [client] : []), ...(state?.binding.ready ?? [])] };
  }

  private get plugins() {
    const { logs, traces } = this.args;
    return [...(traces ? [GRAFANA_PLUGINS.xray] : []), ...(logs?.kind === "opensearch" ? [GRAFANA_PLUGINS.opensearch] : [])];
  }

  private program(
    state: State | undefined,
    signIn: SignIn | undefined,
    secrets: Secrets,
    target: Target | undefined,
    ready: readonly pulumi.Resource[],
  ): HostedProgram {
    const { replicas, metrics, logs } = this.args;
    const ports = [...new Set([...this.asked.map(({ port }) => port), ...(state ? [ENGINES.postgres.port] : [])])];
    return {
      name: this.name,
      containers: [this.container()],
      replicas,
      user: GRAFANA_IMAGE.user,
      files: this.files(state, signIn, secrets.all),
      secretFiles: Object.fromEntries(secrets.all.map(({ file, arn }) => [file, arn])),
      statements: [...this.statements(), ...(logs?.credentials ? [] : (logs?.pushStatements ?? []))],
      internetReasons: [
        ...(this.plugins.length > 0 ? ["plugins of Grafana from grafana.com"] : []),
        ...(signIn ? ["the issuer of sign-ins"] : []),
        ...(metrics?.kind === "hosted" ? ["the hosted metrics store"] : []),
      ],
      // With a load balancer in front nothing else has to find it.
      ...(!target && { published: [PORT] }),
      groups: [{ securityGroupId: this.identity.securityGroupId, ports }],
      ...(target && { targets: [{ port: PORT, group: target.group }] }),
      ready: [...ready, ...(metrics?.ready ?? []), ...(logs?.ready ?? []), ...(target?.ready ?? [])],
    };
  }

  private container(): HostedContainer {
    return {
      name: "grafana",
      image: GRAFANA_IMAGE.image,
      command: ["/bin/sh", START],
      ports: [{ name: "http", port: PORT, protocol: "tcp" }],
      ...SIZE,
      // It fails when the database does not answer, so that nobody is sent to a copy that can't serve.
      health: { kind: "http", path: `${this.path}/api/health`, port: PORT },
      scratch: [FOLDERS.data, FOLDERS.parts, "/tmp"],
    };
  }

  private files(state: State | undefined, signIn: SignIn | undefined, secrets: readonly GrafanaSecret[]): HostedProgram["files"] {
    const { context, metrics, logs, traces, dashboards } = this.args;
    return grafanaFiles({
      environment: context.environment,
      port: PORT,
      url: this.url,
      database: state && { host: variable(state.binding, "HOST"), port: ENGINES.postgres.port, name: databaseNameOf(DATABASE) },
      signIn,
      plugins: this.plugins,
      sources: { region: context.region, metrics, logs, traces },
      dashboards,
      secrets,
    });
  }

  /** Reading metrics and traces, whose actions know no resource (service authorization reference, CloudWatch and X-Ray, 2026-11). */
  private statements(): Statement[] {
    return [
      { Effect: "Allow", Action: ["cloudwatch:GetMetricData", "cloudwatch:ListMetrics"], Resource: "*" },
      ...(this.args.traces
        ? [
            {
              Effect: "Allow" as const,
              Action: [
                ...["xray:GetTraceSummaries", "xray:BatchGetTraces", "xray:GetTraceGraph", "xray:GetServiceGraph"],
                ...["xray:GetTimeSeriesServiceStatistics", "xray:GetGroups"],
              ],
              Resource: "*",
            },
          ]
        : []),
    ];
  }
}

/** A variable that the binding to its database gives, such as `HOST`. */
function variable({ variables }: Binding, suffix: string): pulumi.Input<string> {
  const name = variablePrefix(DATABASE, `DB_${suffix}`);
  const value = variables[name];
  if (value === undefined) throw new Error(`the binding to ${DATABASE} gives no ${name}`);
  return value;
}
