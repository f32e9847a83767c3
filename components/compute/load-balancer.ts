import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Certificate, type Domain } from "../network/certificate";
import { allowInternet } from "../network/outbound";
import { allowPassage, type Side } from "../network/passage";
import { isProtected, type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";
import { LogBucket } from "../visibility/log-bucket";
import { type LogArrivals } from "../visibility/logs/log-arrivals";
import { type PrivateTarget } from "./http-api";
import { type HttpBalancer, type HttpBalancerIds } from "./http-balancer";

export interface LoadBalancerArgs {
  readonly context: PlatformContext;
  readonly vpcId: pulumi.Input<string>;
  /** True keeps the internet out: only who is let in one by one reaches it. Changing this replaces the load balancer. */
  readonly internal: boolean;
  /** Subnets in at least two zones: of the public tier, or of the private one when it is internal. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Domain and the public hosted zone it is in: gives HTTPS. Without it only HTTP is served, which a durable environment refuses. */
  readonly domain?: Domain;
  /** Days the access logs are kept. */
  readonly logDays: number;
  /** What takes the access logs to the log store. Default: they are only kept. */
  readonly logArrivals?: LogArrivals;
  readonly transform?: {
    readonly loadBalancer?: Transform<aws.lb.LoadBalancerArgs>;
    readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
    readonly listener?: Transform<aws.lb.ListenerArgs>;
  };
}

/** Where a load balancer sends the requests of one path. */
export interface Route {
  /** Path; it and everything below it is sent. */
  readonly path: string;
  /** Place among the listener's rules, 1 to 50,000; the lowest that matches wins. */
  readonly priority: number;
  readonly targetGroupArn: pulumi.Input<string>;
  /** Who has to sign in before anything is sent there, and with whom. Needs a domain, because it needs HTTPS. Default: nobody. */
  readonly signIn?: OidcClient;
}

/** A client of an OpenID Connect issuer, as the issuer knows it. */
export interface OidcClient {
  readonly issuer: pulumi.Input<string>;
  readonly authorizationEndpoint: pulumi.Input<string>;
  readonly tokenEndpoint: pulumi.Input<string>;
  readonly userInfoEndpoint: pulumi.Input<string>;
  readonly clientId: pulumi.Input<string>;
  readonly clientSecret: pulumi.Input<string>;
  readonly scopes: readonly string[];
}

/** Path that the issuer sends who has signed in back to (Elastic Load Balancing user guide, "Authenticate users", 2026-11). */
export const SIGN_IN_CALLBACK = "/oauth2/idpresponse";

const HTTP = 80;
const HTTPS = 443;
/** A working day: who has left signs in no more, and who stays is asked once a day. */
const SESSION_SECONDS = 28_800;
const EVERYWHERE = "0.0.0.0/0";
// Elastic Load Balancing user guide, "Security policies for your Application Load Balancer" (2026-11): the recommended one, TLS 1.3 and 1.2.
export const SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/**
 * The internet's only way to containers: an Application Load Balancer with HTTPS, HTTP redirected, access logs, and a plain 404
 * for every path that no service has.
 *
 * Cost: 0.0225 USD an hour and 0.008 USD an LCU-hour in us-east-1 (Elastic Load Balancing pricing, 2026-11), and a public address a zone.
 */
export class LoadBalancer extends pulumi.ComponentResource implements HttpBalancer {
  public readonly dnsName: pulumi.Output<string>;
  public readonly arnSuffix: pulumi.Output<string>;
  public readonly securityGroupId: pulumi.Output<string>;
  /** Base of every public URL. */
  public readonly url: pulumi.Output<string>;

  /** Port of the listener that serves. */
  public readonly port: number;

  /** What another project needs to put a service behind it. */
  public readonly ids: HttpBalancerIds;

  private readonly listener: aws.lb.Listener;
  private readonly side: Side;
  private readonly serverName: string | undefined;
  private readonly access: BalancerAccess;

  constructor(
    public readonly name: string,
    args: LoadBalancerArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:compute:LoadBalancer", name, {}, options);
    const group = this.createSecurityGroup(args);
    const balancer = this.createLoadBalancer(args, group);
    this.listener = args.domain ? this.serveHttps(args, args.domain, balancer) : this.serveHttp(args, balancer);
    this.dnsName = balancer.dnsName;
    this.arnSuffix = balancer.arnSuffix;
    this.securityGroupId = group.id;
    this.side = { name, securityGroupId: group.id };
    this.port = args.domain ? HTTPS : HTTP;
    this.serverName = args.domain?.name;
    this.url = args.domain ? pulumi.output(`https://${args.domain.name}`) : pulumi.interpolate`http://${balancer.dnsName}`;
    const { arnSuffix, securityGroupId, serverName } = this;
    this.ids = { name, listenerArn: this.listener.arn, arnSuffix, securityGroupId, ...(serverName !== undefined && { serverName }) };
    this.access = new BalancerAccess(this.ids);
    this.registerOutputs({ dnsName: this.dnsName, url: this.url });
  }

  /** A load balancer that exists already stands in for a created one: nothing of it is changed but the rules and routes of who asks. */
  static adopt(ids: HttpBalancerIds): HttpBalancer {
    return new BalancerAccess(ids);
  }

  /**
   * Sends a path's requests to a target group; the rule belongs to who asks.
   * @throws {Error} when somebody has to sign in and there is no HTTPS.
   */
  route(name: string, route: Route, parent: pulumi.Resource): aws.lb.ListenerRule {
    return this.access.route(name, route, parent);
  }

  /** The listener as something that a link into the VPC can send requests to. */
  get privateTarget(): PrivateTarget {
    return {
      arn: this.listener.arn,
      side: this.side,
      port: this.port,
      ...(this.serverName !== undefined && { serverName: this.serverName }),
    };
  }

  /** Lets the load balancer reach a service's group on one port. */
  admit(to: Side, port: number, parent: pulumi.Resource): pulumi.Resource[] {
    return this.access.admit(to, port, parent);
  }

  private createSecurityGroup(args: LoadBalancerArgs): aws.ec2.SecurityGroup {
    const group = new aws.ec2.SecurityGroup(
      ...bend<aws.ec2.SecurityGroupArgs>(
        args.transform?.securityGroup,
        this.name,
        {
          vpcId: args.vpcId,
          description: args.internal
            ? "Internal load balancer: who is let in one by one"
            : "Public load balancer: HTTP and HTTPS from the internet",
        },
        { parent: this },
      ),
    );
    if (args.internal) return group;
    for (const port of args.domain ? [HTTP, HTTPS] : [HTTP])
      new aws.vpc.SecurityGroupIngressRule(
        `${this.name}-from-internet-${port}`,
        { securityGroupId: group.id, cidrIpv4: EVERYWHERE, ipProtocol: "tcp", fromPort: port, toPort: port, description: "The internet" },
        { parent: this },
      );
    return group;
  }

  private createLoadBalancer(args: LoadBalancerArgs, group: aws.ec2.SecurityGroup): aws.lb.LoadBalancer {
    const logs = new LogBucket(
      `${this.name}-logs`,
      {
        writer: "logdelivery.elasticloadbalancing.amazonaws.com",
        retentionDays: args.logDays,
        durable: args.context.durable,
        decommissioning: args.context.decommissioning,
        ...(args.logArrivals && { arrivals: args.logArrivals }),
      },
      { parent: this },
    );
    return new aws.lb.LoadBalancer(
      ...bend<aws.lb.LoadBalancerArgs>(
        args.transform?.loadBalancer,
        this.name,
        {
          loadBalancerType: "application",
          internal: args.internal,
          subnets: args.subnetIds,
          securityGroups: [group.id],
          dropInvalidHeaderFields: true,
          desyncMitigationMode: "defensive",
          enableDeletionProtection: isProtected(args.context),
          accessLogs: { bucket: logs.id, enabled: true, prefix: "access" },
        },
        { parent: this, dependsOn: [logs.policy] },
      ),
    );
  }

  private listen(suffix: string, args: LoadBalancerArgs, listener: aws.lb.ListenerArgs): aws.lb.Listener {
    return new aws.lb.Listener(
      ...bend<aws.lb.ListenerArgs>(args.transform?.listener, `${this.name}-${suffix}`, listener, { parent: this }),
    );
  }

  private serveHttp(args: LoadBalancerArgs, balancer: aws.lb.LoadBalancer): aws.lb.Listener {
    return this.listen("http", args, { loadBalancerArn: balancer.arn, port: HTTP, protocol: "HTTP", defaultActions: [NOT_FOUND] });
  }

  private serveHttps(args: LoadBalancerArgs, domain: Domain, balancer: aws.lb.LoadBalancer): aws.lb.Listener {
    const certificate = new Certificate(this.name, domain, { parent: this });
    new aws.route53.Record(
      this.name,
      {
        zoneId: domain.hostedZoneId,
        name: domain.name,
        type: "A",
        aliases: [{ name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true }],
      },
      { parent: this },
    );
    this.listen("http", args, {
      loadBalancerArn: balancer.arn,
      port: HTTP,
      protocol: "HTTP",
      defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", port: String(HTTPS), statusCode: "HTTP_301" } }],
    });
    return this.listen("https", args, {
      loadBalancerArn: balancer.arn,
      port: HTTPS,
      protocol: "HTTPS",
      sslPolicy: SSL_POLICY,
      certificateArn: certificate.arn,
      defaultActions: [NOT_FOUND],
    });
  }
}

/** How others get behind the load balancer; the same for a created and an adopted one. */
class BalancerAccess implements HttpBalancer {
  readonly arnSuffix: pulumi.Output<string>;

  constructor(private readonly ids: HttpBalancerIds) {
    this.arnSuffix = pulumi.output(ids.arnSuffix);
  }

  route(name: string, { path, priority, targetGroupArn, signIn }: Route, parent: pulumi.Resource): aws.lb.ListenerRule {
    if (signIn && this.ids.serverName === undefined)
      throw new Error(`${name} asks people to sign in, for which ${this.ids.name} needs a domain`);
    const below = path === "/" ? "/*" : `${path}/*`;
    const own = path === "/" ? [below] : [path, below];
    // It asks the issuer itself what the answer of who signed in is worth. It stands in the public tier, which has a way out from the start.
    if (signIn) allowInternet(this.ids, [`${name} asks its issuer who signed in`], { wayOut: [] }, parent);
    return new aws.lb.ListenerRule(
      name,
      {
        listenerArn: this.ids.listenerArn,
        priority,
        // Under another rule the answer of the issuer would go to another service.
        conditions: [{ pathPattern: { values: signIn ? [...own, SIGN_IN_CALLBACK] : own } }],
        actions: signIn ? [authenticate(signIn), { type: "forward", order: 2, targetGroupArn }] : [{ type: "forward", targetGroupArn }],
      },
      { parent },
    );
  }

  admit(to: Side, port: number, parent: pulumi.Resource): pulumi.Resource[] {
    return allowPassage(this.ids, to, port, parent);
  }
}

function authenticate({ scopes, ...client }: OidcClient): aws.types.input.lb.ListenerRuleAction {
  return {
    type: "authenticate-oidc",
    order: 1,
    authenticateOidc: { ...client, scope: scopes.join(" "), onUnauthenticatedRequest: "authenticate", sessionTimeout: SESSION_SECONDS },
  };
}

const NOT_FOUND = {
  type: "fixed-response",
  fixedResponse: { statusCode: "404", contentType: "text/plain", messageBody: "no service has this path" },
} as const;
