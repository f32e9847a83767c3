import { type Fact, type Limit } from "./row";

const API = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference";
const DATE = "2026-11";

/** What Elastic Load Balancing takes of load balancers, target groups and listener rules. */
export const ELB_LIMITS = {
  /** Characters of the name of a load balancer or a target group. */
  nameLength: { value: 32, unit: "count", adjustable: false, source: `${API}/API_CreateLoadBalancer.html`, date: DATE },
  /** Characters of a name prefix, which leave room for the 26 that the provider makes up. */
  prefixLength: {
    value: 6,
    unit: "count",
    adjustable: false,
    source: "https://www.pulumi.com/registry/packages/aws/api-docs/lb/loadbalancer/#nameprefix_nodejs",
    date: DATE,
  },
  /** Highest priority of a listener rule; the lowest is 1. */
  rulePriority: { value: 50_000, unit: "count", adjustable: false, source: `${API}/API_CreateRule.html`, date: DATE },
  /** Subnets, each of a zone of its own, of an application load balancer. */
  applicationSubnets: {
    value: 2,
    unit: "count",
    adjustable: false,
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
    date: DATE,
  },
} as const satisfies Readonly<Record<string, Limit>>;

/** What a name of a load balancer must not begin with. */
export const ELB_RESERVED_PREFIX = {
  prefix: "internal-",
  source: `${API}/API_CreateLoadBalancer.html`,
  date: DATE,
} as const satisfies Fact & {
  readonly prefix: string;
};

/** The protocols that listeners of each type of load balancer speak; a gateway load balancer's listener names none. */
export const LISTENER_PROTOCOLS: Fact & { readonly byType: Readonly<Record<string, readonly string[]>> } = {
  byType: {
    application: ["HTTP", "HTTPS"],
    network: ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"],
    gateway: ["GENEVE"],
  },
  source: `${API}/API_CreateListener.html`,
  date: DATE,
};

/** For each protocol of a listener, those of the target groups it can forward to. */
export const TARGET_PROTOCOLS: Fact & { readonly byListener: Readonly<Record<string, readonly string[]>> } = {
  byListener: {
    HTTP: ["HTTP", "HTTPS"],
    HTTPS: ["HTTP", "HTTPS"],
    TCP: ["TCP", "TCP_UDP"],
    TLS: ["TCP", "TLS"],
    UDP: ["UDP", "TCP_UDP"],
    TCP_UDP: ["TCP_UDP"],
    QUIC: ["QUIC", "TCP_QUIC"],
    TCP_QUIC: ["TCP_QUIC"],
  },
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html",
  date: DATE,
};

/** Protocols that show a certificate. */
export const CERTIFICATE_PROTOCOLS: Fact & { readonly protocols: ReadonlySet<string> } = {
  protocols: new Set(["HTTPS", "TLS"]),
  source: `${API}/API_CreateListener.html`,
  date: DATE,
};

/**
 * Who writes the log files of a load balancer, as principals of a bucket policy: in regions of before August 2022 also an account of AWS.
 * An application load balancer writes only to buckets with keys of S3; a network load balancer also to those with a customer key.
 */
export const ELB_LOG_WRITERS: Fact & { readonly services: readonly string[] } = {
  services: ["logdelivery.elasticloadbalancing.amazonaws.com", "delivery.logs.amazonaws.com"],
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
  date: DATE,
};
