import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Certificate, type Domain } from "../network/certificate";
import { allowPassage, type Side } from "../network/passage";
import { type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";
import { ServiceLogs } from "../visibility/service-logs";
import { type LambdaFunction } from "./lambda-function";

/** How many requests a route or the whole API takes. */
export interface Throttling {
  /** Requests a second over time. */
  readonly rate: number;
  /** Requests at once above that. */
  readonly burst: number;
}

export interface HttpApiArgs {
  readonly context: PlatformContext;
  /** Domain of the API: gives a certificate, and turns the address that AWS makes off. Default: only that address. */
  readonly domain?: Domain;
  /** Of the whole API; a route without its own may use all of it. */
  readonly throttling: Throttling;
  /** Origins, methods and headers that browsers may call with from other sites. Default: none. */
  readonly cors?: { readonly origins: readonly string[]; readonly methods: readonly string[]; readonly headers: readonly string[] };
  /**
   * Issuer and audiences of the tokens that callers bring, and the paths whose callers bring none because they prove themselves otherwise, as by
   * a signature. Default: no authorizer; every service checks its callers itself.
   */
  readonly jwt?: { readonly issuer: string; readonly audiences: readonly string[]; readonly except: readonly string[] };
  /** Where a link into the VPC stands, for routes to containers. */
  readonly inside: { readonly vpcId: pulumi.Input<string>; readonly subnetIds: pulumi.Input<pulumi.Input<string>[]> };
  /** Days the access log is kept. */
  readonly logDays: number;
  /** Key the access log is encrypted with. */
  readonly logKeyArn: pulumi.Input<string>;
  readonly transform?: {
    readonly api?: Transform<aws.apigatewayv2.ApiArgs>;
    readonly stage?: Transform<aws.apigatewayv2.StageArgs>;
    readonly domainName?: Transform<aws.apigatewayv2.DomainNameArgs>;
  };
}

/** A path of the API; it and everything below it goes to one service. */
export interface ApiRoute {
  readonly path: string;
  /** Default: what the API has left. */
  readonly throttling?: Throttling;
}

/** A container behind a listener of a load balancer inside the VPC, or an instance of a Cloud Map service. */
export interface PrivateTarget {
  /** ARN of the listener, or of the Cloud Map service. */
  readonly arn: pulumi.Input<string>;
  /** Who answers there, and on which port. */
  readonly side: Side;
  readonly port: number;
  /** Name on the certificate of a listener that speaks HTTPS. Default: HTTP. */
  readonly serverName?: string;
}

/** What sends a path's requests to a function, whether this program makes it or it exists already. */
export interface FunctionRoutes {
  /** Sends a path to a function, and lets the API call it for this path only. */
  routeToFunction(target: LambdaFunction, route: ApiRoute, parent: pulumi.Resource): void;
}

/** What is known of an API that exists already. */
export interface HttpApiIds {
  readonly id: pulumi.Input<string>;
  readonly executionArn: pulumi.Input<string>;
}

// API Gateway developer guide, "Quotas for HTTP APIs" (2026-11): it waits 30 s at most.
const TIMEOUT_MS = 30_000;
const PRINCIPAL = "apigateway.amazonaws.com";
/** The stage that adds nothing to the path, neither for callers nor for containers. */
export const DEFAULT_STAGE = "$default";
const CORS_MAX_AGE_SECONDS = 3_600;

/** What a line of the access log says; no bodies, and no headers that could carry a token. */
const LOG_FORMAT = JSON.stringify({
  time: "$context.requestTime",
  requestId: "$context.requestId",
  route: "$context.routeKey",
  path: "$context.path",
  method: "$context.httpMethod",
  status: "$context.status",
  sourceIp: "$context.identity.sourceIp",
  userAgent: "$context.identity.userAgent",
  responseLength: "$context.responseLength",
  latency: "$context.responseLatency",
  integrationLatency: "$context.integrationLatency",
  integrationStatus: "$context.integrationStatus",
  integrationError: "$context.integrationErrorMessage",
  authorizerError: "$context.authorizer.error",
  trace: "$context.integration.requestId",
});

/**
 * The one surface of an environment's services: each path goes to a function, or by a link into the VPC to containers.
 * Routes are added first and `publish` is called once at the end, because a stage can only name routes that exist.
 *
 * Cost: 1.00 USD a million requests of up to 512 KiB in us-east-1 (Amazon API Gateway pricing, 2026-11); the link into the VPC is free.
 */
export class HttpApi extends pulumi.ComponentResource implements FunctionRoutes {
  public readonly id: pulumi.Output<string>;
  /** Base of every public URL. */
  public readonly url: pulumi.Output<string>;
  /** What another project needs to add a function. */
  public readonly ids: HttpApiIds;

  private readonly api: aws.apigatewayv2.Api;
  private readonly authorizer: aws.apigatewayv2.Authorizer | undefined;
  private readonly routes: { readonly route: aws.apigatewayv2.Route; readonly throttling: Throttling | undefined }[] = [];
  private link: { readonly id: pulumi.Output<string>; readonly side: Side } | undefined;
  private published = false;

  constructor(
    public readonly name: string,
    private readonly args: HttpApiArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:compute:HttpApi", name, {}, options);
    this.api = this.createApi();
    this.authorizer = this.createAuthorizer();
    this.id = this.api.id;
    this.url = args.domain ? pulumi.output(`https://${args.domain.name}`) : this.api.apiEndpoint;
    this.ids = { id: this.id, executionArn: this.api.executionArn };
  }

  /**
   * An API that exists already. Its stage deploys a new route by itself, but stays its owner's: a route added here has no throttling of its own
   * and takes what the API has left.
   */
  static adopt(ids: HttpApiIds): FunctionRoutes {
    return {
      routeToFunction: (target, route, parent) => {
        for (const made of functionRoutes(ids, target, route, parent))
          createRoute(ids, made, { authorizationType: "NONE" }, { parent, dependsOn: made.dependsOn });
      },
    };
  }

  /** Sends a path to a function, and lets the API call it for this path only. */
  routeToFunction(target: LambdaFunction, route: ApiRoute, parent: pulumi.Resource): void {
    for (const { name, path, integration, dependsOn } of functionRoutes(this.ids, target, route, parent))
      this.add(name, route, path, integration, parent, dependsOn);
  }

  /** Sends a path to containers, by a link into the VPC that the first such route makes. */
  routeToPrivate(name: string, target: PrivateTarget, route: ApiRoute, parent: pulumi.Resource): void {
    this.link ??= this.createLink();
    const passage = allowPassage(this.link.side, target.side, target.port, parent);
    const integration = new aws.apigatewayv2.Integration(
      name,
      {
        apiId: this.id,
        integrationType: "HTTP_PROXY",
        integrationMethod: "ANY",
        integrationUri: target.arn,
        connectionType: "VPC_LINK",
        connectionId: this.link.id,
        payloadFormatVersion: "1.0",
        timeoutMilliseconds: TIMEOUT_MS,
        ...(target.serverName && { tlsConfig: { serverNameToVerify: target.serverName } }),
      },
      { parent },
    );
    for (const { suffix, path } of pathsOf(route.path)) this.add(`${name}${suffix}`, route, path, integration, parent, passage);
  }

  /** Makes the API reachable. Call it once, when every route is there; a route that comes later is refused. */
  publish(): void {
    if (this.published) throw new Error(`API ${this.name} is published twice`);
    this.published = true;
    const stage = this.createStage();
    if (this.args.domain) this.serveDomain(this.args.domain, stage);
    this.registerOutputs({ id: this.id, url: this.url });
  }

  private createApi(): aws.apigatewayv2.Api {
    const { context, cors, domain, transform } = this.args;
    return new aws.apigatewayv2.Api(
      ...bend<aws.apigatewayv2.ApiArgs>(
        transform?.api,
        this.name,
        {
          protocolType: "HTTP",
          description: `Services of ${context.environment}`,
          // The address that AWS makes would be a second way in, without the domain's certificate and whatever stands before it.
          disableExecuteApiEndpoint: domain !== undefined,
          ...(cors && {
            corsConfiguration: {
              allowOrigins: [...cors.origins],
              allowMethods: [...cors.methods],
              allowHeaders: [...cors.headers],
              maxAge: CORS_MAX_AGE_SECONDS,
            },
          }),
        },
        { parent: this },
      ),
    );
  }

  private createAuthorizer(): aws.apigatewayv2.Authorizer | undefined {
    const { jwt } = this.args;
    return (
      jwt &&
      new aws.apigatewayv2.Authorizer(
        this.name,
        {
          apiId: this.api.id,
          authorizerType: "JWT",
          identitySources: ["$request.header.Authorization"],
          jwtConfiguration: { issuer: jwt.issuer, audiences: [...jwt.audiences] },
        },
        { parent: this },
      )
    );
  }

  private add(
    name: string,
    { throttling, path: prefix }: ApiRoute,
    path: string,
    integration: aws.apigatewayv2.Integration,
    parent: pulumi.Resource,
    dependsOn: pulumi.Resource[],
  ): void {
    if (this.published) throw new Error(`route ${path} comes after API ${this.name} was published`);
    const authorization =
      this.authorizer && !this.args.jwt?.except.includes(prefix)
        ? { authorizationType: "JWT", authorizerId: this.authorizer.id }
        : { authorizationType: "NONE" };
    const route = createRoute(this.ids, { name, path, integration }, authorization, { parent, dependsOn });
    this.routes.push({ route, throttling });
  }

  private createLink(): { readonly id: pulumi.Output<string>; readonly side: Side } {
    const { inside } = this.args;
    const name = `${this.name}-link`;
    const group = new aws.ec2.SecurityGroup(
      name,
      { vpcId: inside.vpcId, description: "HTTP API: to the containers it has routes to" },
      { parent: this },
    );
    const link = new aws.apigatewayv2.VpcLink(name, { subnetIds: inside.subnetIds, securityGroupIds: [group.id] }, { parent: this });
    return { id: link.id, side: { name, securityGroupId: group.id } };
  }

  private createStage(): aws.apigatewayv2.Stage {
    const { context, throttling, logDays, logKeyArn, transform } = this.args;
    const logs = new ServiceLogs(`${this.name}-access`, { context, retentionDays: logDays, keyArn: logKeyArn }, { parent: this });
    const limits = ({ rate, burst }: Throttling) => ({
      throttlingRateLimit: rate,
      throttlingBurstLimit: burst,
      detailedMetricsEnabled: true,
    });
    return new aws.apigatewayv2.Stage(
      ...bend<aws.apigatewayv2.StageArgs>(
        transform?.stage,
        this.name,
        {
          apiId: this.id,
          // The default stage adds nothing to the path, neither for callers nor for containers.
          name: DEFAULT_STAGE,
          autoDeploy: true,
          accessLogSettings: { destinationArn: logs.arn, format: LOG_FORMAT },
          defaultRouteSettings: limits(throttling),
          routeSettings: this.routes.flatMap((entry) =>
            entry.throttling ? [{ routeKey: entry.route.routeKey, ...limits(entry.throttling) }] : [],
          ),
        },
        { parent: this, dependsOn: this.routes.map(({ route }) => route) },
      ),
    );
  }

  private serveDomain(domain: Domain, stage: aws.apigatewayv2.Stage): void {
    const certificate = new Certificate(this.name, domain, { parent: this });
    const served = new aws.apigatewayv2.DomainName(
      ...bend<aws.apigatewayv2.DomainNameArgs>(
        this.args.transform?.domainName,
        this.name,
        {
          domainName: domain.name,
          domainNameConfiguration: { certificateArn: certificate.arn, endpointType: "REGIONAL", securityPolicy: "TLS_1_2" },
        },
        { parent: this },
      ),
    );
    new aws.apigatewayv2.ApiMapping(this.name, { apiId: this.id, domainName: served.id, stage: stage.id }, { parent: this });
    const { targetDomainName, hostedZoneId } = pulumi.output(served.domainNameConfiguration);
    new aws.route53.Record(
      this.name,
      {
        zoneId: domain.hostedZoneId,
        name: domain.name,
        type: "A",
        aliases: [{ name: targetDomainName, zoneId: hostedZoneId, evaluateTargetHealth: false }],
      },
      { parent: this },
    );
  }
}

/** A route of an API, before who may call it is decided. */
interface PlannedRoute {
  readonly name: string;
  readonly path: string;
  readonly integration: aws.apigatewayv2.Integration;
}

/** The routes of a function: each with the permission without which the API would be refused. */
function functionRoutes(
  { id, executionArn }: HttpApiIds,
  target: LambdaFunction,
  route: ApiRoute,
  parent: pulumi.Resource,
): (PlannedRoute & { readonly dependsOn: pulumi.Resource[] })[] {
  const integration = new aws.apigatewayv2.Integration(
    target.name,
    {
      apiId: id,
      integrationType: "AWS_PROXY",
      integrationUri: target.invokeArn,
      payloadFormatVersion: "2.0",
      timeoutMilliseconds: TIMEOUT_MS,
    },
    { parent },
  );
  return pathsOf(route.path).map(({ suffix, path }) => {
    const arn = pulumi.interpolate`${executionArn}/*/*${path}`;
    return { name: `${target.name}${suffix}`, path, integration, dependsOn: [target.allow(`api${suffix}`, PRINCIPAL, arn, parent)] };
  });
}

function createRoute(
  { id }: HttpApiIds,
  { name, path, integration }: PlannedRoute,
  authorization: Pick<aws.apigatewayv2.RouteArgs, "authorizationType" | "authorizerId">,
  options: pulumi.CustomResourceOptions,
): aws.apigatewayv2.Route {
  return new aws.apigatewayv2.Route(
    name,
    { apiId: id, routeKey: `ANY ${path}`, target: pulumi.interpolate`integrations/${integration.id}`, ...authorization },
    options,
  );
}

/** A path and everything below it are two routes. */
function pathsOf(path: string): { readonly suffix: string; readonly path: string }[] {
  const base = path === "/" ? "" : path.replace(/\/$/, "");
  return [
    { suffix: "", path: base || "/" },
    { suffix: "-below", path: `${base}/{proxy+}` },
  ];
}
