/** A file as an AWS service writes it, with what must come of it. */
export interface Sample {
  readonly what: string;
  readonly key: string;
  /** Lines of the file, about a time. */
  readonly lines: (at: Date) => readonly string[];
  readonly labels: { readonly source: string; readonly service: string };
  /** Entries, where several lines make one or some are headers. Default: one a line. */
  readonly entries?: number;
  /** Milliseconds to which the format tells the time. */
  readonly precision: number;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const day = (at: Date) => at.toISOString().slice(0, 10);
const clock = (at: Date) => at.toISOString().slice(11, 19);
const two = (value: number) => String(value).padStart(2, "0");
const milliseconds = (at: Date) => String(at.getUTCMilliseconds()).padStart(3, "0");
const longDate = (at: Date) =>
  `Mon, ${two(at.getUTCDate())} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()} ${clock(at)}:${milliseconds(at)}`;
const seconds = (at: Date) => Math.floor(at.getTime() / 1000);

/** Shortened from the examples of the user guide of each service (2026-11). */
export const SAMPLES: readonly Sample[] = [
  {
    what: "access log of a load balancer",
    key: "access/AWSLogs/123456789012/elasticloadbalancing/us-east-1/2026/11/23/123456789012_elasticloadbalancing_us-east-1_app.public-1a2b3c4.50dc6c495c0c9188_20261123T1840Z_10.0.0.1_abc.log.gz",
    lines: (at) => [
      `h2 ${at.toISOString().replace("Z", "123Z")} app/public-1a2b3c4/50dc6c495c0c9188 10.0.1.5:2817 10.0.2.9:80 0.000 0.001 0.000 200 200 34 366 "GET https://shop.example.com:443/ HTTP/2.0" "curl/8" - - - "-" "-" "-" 0 ${at.toISOString()} "forward" "-" "-" "-" "-" "-" "-"`,
      `https ${at.toISOString().replace("Z", "456Z")} app/public-1a2b3c4/50dc6c495c0c9188 10.0.1.5:2818 - -1 -1 -1 503 - 34 366 "GET https://shop.example.com:443/orders HTTP/1.1" "-" - - - "-" "-" "-" 0 ${at.toISOString()} "forward" "-" "-" "-" "-" "-" "-"`,
    ],
    labels: { source: "alb", service: "public" },
    precision: 1,
  },
  {
    what: "VPC flow log",
    key: "AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=us-east-1/year=2026/month=11/day=23/hour=18/123456789012_vpcflowlogs_us-east-1_fl-1234abcd_20261123T1840Z_fe123456.log.gz",
    lines: (at) => [
      "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status",
      `2 123456789012 eni-1235b8ca123456789 10.0.1.5 10.0.2.9 20641 5432 6 20 4249 ${seconds(at) - 60} ${seconds(at)} ACCEPT OK`,
      `2 123456789012 eni-1235b8ca123456789 - - - - - - - ${seconds(at) - 60} ${seconds(at)} - NODATA`,
    ],
    labels: { source: "vpc-flow", service: "network" },
    entries: 2,
    precision: 1_000,
  },
  {
    what: "access log of a bucket",
    key: "s3-access/invoices/2026-11-23-18-40-00-8F2C1A",
    lines: (at) => [
      `79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be invoices-1a2b3c4 [${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}:${clock(at)} +0000] 10.0.1.5 arn:aws:sts::123456789012:assumed-role/billing/x 3E57427F3EXAMPLE REST.GET.OBJECT 2026/11.pdf "GET /2026/11.pdf HTTP/1.1" 200 - 113 113 7 6 "-" "S3Console/0.4" - s9lzHYrFp76ZVxRcpX9 SigV4 TLS_AES_128_GCM_SHA256 AuthHeader invoices-1a2b3c4.s3.us-east-1.amazonaws.com TLSv1.3 - -`,
    ],
    labels: { source: "s3-access", service: "invoices" },
    precision: 1_000,
  },
  {
    what: "log of a Kafka broker",
    key: "AWSLogs/123456789012/KafkaBrokerLogs/us-east-1/kafka-1a2b3c4-1a2b3c4d-aaaa-bbbb-cccc-1a2b3c4d5e6f-2/2026-11-23-18/Broker-1_18-40_0a1b2c3d.log.gz",
    lines: (at) => [
      `[${day(at)} ${clock(at)},${milliseconds(at)}] INFO [GroupCoordinator 1]: Member billing-1 left group billing (kafka.coordinator.group.GroupCoordinator)`,
      `[${day(at)} ${clock(at)},${milliseconds(at)}] ERROR [ReplicaManager broker=1] Error processing append on orders.v1-0 (kafka.server.ReplicaManager)`,
      "org.apache.kafka.common.errors.RecordTooLargeException: The request included a message larger than the max",
      "\tat kafka.log.UnifiedLog.append(UnifiedLog.scala:812)",
    ],
    labels: { source: "msk", service: "kafka" },
    entries: 2,
    precision: 1,
  },
  {
    what: "audit log of connections to Redshift",
    key: "AWSLogs/123456789012/redshift/us-east-1/2026/11/23/123456789012_redshift_us-east-1_prod-sales_connectionlog_2026-11-23T18:40.gz",
    lines: (at) => [
      `authenticated |${longDate(at)}|::ffff:10.0.1.5 |43892 |16421|sales |IAMR:reports |password |0|TLSv1.3 |TLS_AES_256_GCM_SHA384 |0| | | |`,
    ],
    labels: { source: "redshift", service: "prod-sales" },
    precision: 1,
  },
  {
    what: "audit log of statements in Redshift",
    key: "AWSLogs/123456789012/redshift/us-east-1/2026/11/23/123456789012_redshift_us-east-1_prod-sales_useractivitylog_2026-11-23T18:40.gz",
    lines: (at) => [
      `'${day(at)}T${clock(at)}Z UTC [ db=sales user=reports pid=16421 userid=100 xid=1234 ]' LOG: select *`,
      "from orders",
      "where total > 100;",
    ],
    labels: { source: "redshift", service: "prod-sales" },
    entries: 1,
    precision: 1_000,
  },
  {
    what: "log of a CloudFront distribution",
    key: "cdn/EMLARXS9EXAMPLE.2026-11-23-18.RT4KCN4SGK9.gz".replace("RT4KCN4SGK9", "a103fd5a"),
    lines: (at) => [
      "#Version: 1.0",
      "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status",
      `${day(at)}\t${clock(at)}\tFRA2-C1\t2390282\t192.0.2.202\tGET\td111111abcdef8.cloudfront.net\t/index.html\t200`,
    ],
    labels: { source: "cloudfront", service: "EMLARXS9EXAMPLE" },
    entries: 1,
    precision: 1_000,
  },
];

/** A record of a subscription, as Firehose gets it. */
export function subscriptionRecord(logGroup: string, logStream: string, events: readonly { timestamp: number; message: string }[]): string {
  const logEvents = events.map(({ timestamp, message }, index) => ({ id: String(index), timestamp, message }));
  return JSON.stringify({
    messageType: "DATA_MESSAGE",
    owner: "123456789012",
    logGroup,
    logStream,
    subscriptionFilters: ["logs"],
    logEvents,
  });
}
