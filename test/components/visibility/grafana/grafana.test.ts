import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { parse } from "yaml";
import { LoadBalancer } from "../../../../components/compute/load-balancer";
import { DATA_SOURCES } from "../../../../components/visibility/grafana/data-sources";
import { dashboardUids } from "../../../../components/visibility/grafana/dashboards/dashboards";
import { Grafana, type GrafanaArgs } from "../../../../components/visibility/grafana/grafana";
import { roleExpression } from "../../../../components/visibility/grafana/sign-in";
import { type HostedProgram, type VisibilityHost } from "../../../../components/visibility/host/host";
import { type PlannedResource } from "../../../../plan/graph";
import { only, recordProgram, TEST_CONTEXT } from "../../../harness";
import { createNetwork } from "../../compute/on-cluster";
import { documented } from "./grafana-ini-keys";

const KEY = "arn:aws:kms:us-east-1:111122223333:key/0";
const TOPIC = "arn:aws:sns:us-east-1:111122223333:alarms";
const NOBODY = { Admin: [], Editor: [], Viewer: [] };

const SETTINGS = { durable: true, capacity: { minimum: 0, maximum: 2, pauseAfter: 600_000 }, readers: 1, backupDays: 7, zones: 3 };

type Choice = (options: { readonly providers: { readonly aws: aws.Provider } }) => Partial<GrafanaArgs>;

/** Records a Grafana, and what it gives its host to run. */
async function make(
  choose: Choice = () => ({}),
): Promise<{ resources: PlannedResource[]; program: HostedProgram; files: Record<string, string> }> {
  const programs: HostedProgram[] = [];
  const files: Record<string, string> = {};
  const host: VisibilityHost = {
    kind: "ecs",
    copiesOf: () => [],
    run(program) {
      programs.push(program);
      pulumi.output(program.files).apply((known) => Object.assign(files, known));
      return {
        name: program.name,
        address: pulumi.output("grafana.internal"),
        copies: [],
        securityGroupId: pulumi.output("sg-1"),
        ready: [],
      };
    },
  };
  const endpoint = { host: pulumi.output("graphite"), port: 8080, securityGroupId: pulumi.output("sg-graphite") };
  const resources = await recordProgram((options) => {
    new Grafana(
      "grafana",
      {
        context: TEST_CONTEXT,
        network: createNetwork(options),
        host,
        keyArn: KEY,
        metrics: {
          kind: "graphite",
          plaintext: endpoint,
          statsd: endpoint,
          query: { ...endpoint, url: pulumi.output("http://graphite:8080") },
          intervalSeconds: 10,
          ready: [],
        },
        logs: {
          kind: "loki",
          pushUrl: pulumi.output("http://loki:3100/loki/api/v1/push"),
          port: 3100,
          securityGroupId: pulumi.output("sg-loki"),
          oldestHours: 168,
          ready: [],
        },
        dashboards: { environment: "test", services: [], stores: [], logs: "loki", graphite: { hosts: true, tasks: true } },
        replicas: 1,
        ...choose(options),
      },
      options,
    );
  });
  const [program] = programs;
  assert.ok(program);
  return { resources, program, files };
}

const durable: Choice = () => ({
  replicas: 2,
  context: { ...TEST_CONTEXT, durable: true },
  database: { settings: SETTINGS, operations: { logDays: 7, logKeyArn: KEY, alarmTopicArn: TOPIC } },
});

const inFront =
  (signIn: NonNullable<GrafanaArgs["front"]>["signIn"]): Choice =>
  (options) => ({
    front: {
      loadBalancer: new LoadBalancer(
        "public",
        {
          context: TEST_CONTEXT,
          vpcId: "vpc-1",
          internal: false,
          subnetIds: ["subnet-1", "subnet-2"],
          domain: { name: "shop.example.com", hostedZoneId: "Z1" },
          logDays: 7,
        },
        options,
      ),
      domain: "shop.example.com",
      path: "/grafana",
      priority: 7,
      signIn,
    },
  });

const OIDC = inFront({
  kind: "oidc",
  groups: { ...NOBODY, Admin: ["platform"], Viewer: ["everybody"] },
  emailDomains: ["example.com"],
  groupsClaim: "groups",
  client: {
    issuer: "https://id.example.com",
    authorizationEndpoint: "https://id.example.com/authorize",
    tokenEndpoint: "https://id.example.com/token",
    userInfoEndpoint: "https://id.example.com/me",
    clientId: "grafana",
    clientSecret: pulumi.secret("of-the-client"),
    scopes: ["openid", "email"],
  },
});
const IDENTITY_CENTER = inFront({
  kind: "identity-center",
  metadataUrl: "https://portal.sso.us-east-1.amazonaws.com/saml/metadata/X",
  groups: { ...NOBODY, Viewer: ["9448-1"] },
  emailDomains: [],
});

/** Settings of grafana.ini by section. */
function ini(text: string | undefined): Record<string, Record<string, string>> {
  const sections: Record<string, Record<string, string>> = {};
  let section: Record<string, string> = {};
  for (const line of (text ?? "").split("\n").filter(Boolean)) {
    const [, heading] = /^\[(.+)\]$/.exec(line) ?? [];
    if (heading !== undefined) section = sections[heading] = {};
    else {
      const at = line.indexOf(" = ");
      assert.ok(at > 0, line);
      section[line.slice(0, at)] = line.slice(at + 3);
    }
  }
  return sections;
}

const INI = "/etc/grafana/grafana.ini";

describe("Grafana", () => {
  it("without sign-in is behind no load balancer, and has no public name", async () => {
    const { resources, program } = await make();
    assert.deepEqual(program.published, [3000]);
    assert.equal(program.targets, undefined);
    assert.ok(resources.every(({ type }) => !type.startsWith("aws:lb/")));
    assert.equal(program.user, 472);
    assert.equal(program.storage, undefined);
  });

  for (const [name, choice] of [
    ["an issuer of OpenID Connect", OIDC],
    ["IAM Identity Center", IDENTITY_CENTER],
  ] as const)
    it(`with ${name} lets nobody through the load balancer who has not signed in`, async () => {
      const { resources, program, files } = await make(choice);
      const rule = only(resources, "aws:lb/listenerRule:ListenerRule", "grafana");
      const actions = rule.inputs["actions"] as { type: string; order: number; authenticateOidc?: { onUnauthenticatedRequest: string } }[];
      assert.deepEqual(
        actions.map(({ type, order }) => [order, type]),
        [
          [1, "authenticate-oidc"],
          [2, "forward"],
        ],
      );
      assert.equal(actions[0]?.authenticateOidc?.onUnauthenticatedRequest, "authenticate");
      assert.deepEqual(rule.inputs["conditions"], [{ pathPattern: { values: ["/grafana", "/grafana/*", "/oauth2/idpresponse"] } }]);
      assert.equal(program.published, undefined);
      assert.equal(program.targets?.[0]?.port, 3000);
      const settings = ini(files[INI]);
      assert.equal(settings["auth.generic_oauth"]?.["enabled"], "true");
      assert.equal(settings["auth.generic_oauth"]["role_attribute_strict"], "true");
      assert.equal(settings["auth"]?.["disable_login_form"], "true");
      assert.equal(settings["auth.proxy"]?.["enabled"], "false");
      assert.equal(settings["server"]?.["root_url"], "https://shop.example.com/grafana/");
      // The load balancer asks the issuer itself.
      assert.ok(resources.some(({ type, name: rule }) => type.endsWith(":SecurityGroupEgressRule") && rule === "public-to-internet"));
    });

  it("with Identity Center comes back to the load balancer and to itself", async () => {
    const { resources } = await make(IDENTITY_CENTER);
    const client = only(resources, "aws:cognito/userPoolClient:UserPoolClient");
    assert.deepEqual(client.inputs["callbackUrls"], [
      "https://shop.example.com/oauth2/idpresponse",
      "https://shop.example.com/grafana/login/generic_oauth",
    ]);
    assert.deepEqual(client.inputs["allowedOauthFlows"], ["code"]);
  });

  it("writes no secret into its configuration: each is a file", async () => {
    const { program, files } = await make((options) => ({ ...durable(options), ...OIDC(options) }));
    const settings = ini(files[INI]);
    const secrets = [
      settings["security"]?.["admin_password"],
      settings["security"]?.["secret_key"],
      settings["database"]?.["password"],
      settings["database"]?.["user"],
      settings["auth.generic_oauth"]?.["client_secret"],
    ];
    for (const value of secrets) assert.match(value ?? "", /^\$__file\{\/run\/grafana\/[a-z-]+\}$/);
    for (const value of secrets) {
      const path = /\{(.+)\}/.exec(value ?? "")?.[1] ?? "";
      assert.ok(files["/etc/strata/start.sh"]?.includes(` ${path}\n`), `${path} is written before the start`);
    }
    const read = [...(files["/etc/strata/start.sh"] ?? "").matchAll(/^part (\S+)/gm)].map(([, from]) => from);
    assert.deepEqual([...new Set(read)].sort(), Object.keys(program.secretFiles ?? {}).sort());
    assert.ok(!Object.values(files).some((text) => text.includes("of-the-client")));
  });

  it("keeps its state in a PostgreSQL with a standby where there are two copies, and in SQLite where there is one", async () => {
    const two = await make(durable);
    const instance = only(two.resources, "aws:rds/instance:Instance");
    assert.equal(instance.inputs["multiAz"], true);
    assert.equal(instance.protect, true);
    assert.equal(two.program.replicas, 2);
    const rotation = only(two.resources, "aws:secretsmanager/secretRotation:SecretRotation");
    assert.deepEqual(rotation.inputs["rotationRules"], { automaticallyAfterDays: 365 });
    const database = ini(two.files[INI])["database"];
    assert.equal(database?.["type"], "postgres");
    assert.equal(database["ssl_mode"], "require");
    assert.deepEqual([...(two.program.groups?.[0]?.ports ?? [])].sort(), [3100, 5432, 8080]);
    const one = await make();
    assert.equal(ini(one.files[INI])["database"]?.["type"], "sqlite3");
    assert.ok(one.resources.every(({ type }) => !type.startsWith("aws:rds/")));
  });

  it("refuses two copies without a database: they would be two Grafanas", async () => {
    await assert.rejects(
      make(() => ({ replicas: 2 })),
      /2 copies and no database/,
    );
  });

  it("uses only settings that Grafana's own defaults name", async () => {
    const { files } = await make((options) => ({ ...durable(options), ...OIDC(options), traces: "xray" }));
    for (const [section, values] of Object.entries(ini(files[INI])))
      for (const key of Object.keys(values)) assert.ok(documented(section, key), `[${section}] ${key}`);
  });

  it("has its data sources by the ids that dashboards ask", async () => {
    const { files } = await make(() => ({ traces: "xray" }));
    const { datasources } = parse(files["/etc/grafana/provisioning/datasources/strata.yaml"] ?? "") as {
      datasources: { type: string; uid: string; url?: string; editable: boolean }[];
    };
    const { graphite, cloudwatch, loki, xray } = DATA_SOURCES;
    assert.deepEqual(
      datasources.map(({ type, uid }) => ({ type, uid })),
      [graphite, cloudwatch, loki, xray],
    );
    assert.deepEqual(
      datasources.map(({ url }) => url),
      ["http://graphite:8080", undefined, "http://loki:3100", undefined],
    );
    assert.ok(datasources.every(({ editable }) => !editable));
    assert.match(ini(files[INI])["plugins"]?.["preinstall"] ?? "", /^grafana-x-ray-datasource@\d+\.\d+\.\d+$/);
  });

  it("reads its dashboards from the folder that they are in", async () => {
    const { files } = await make();
    const { providers } = parse(files["/etc/grafana/provisioning/dashboards/strata.yaml"] ?? "") as {
      providers: { options: { path: string }; allowUiUpdates: boolean }[];
    };
    const folder = providers[0]?.options.path;
    const uids = dashboardUids({ environment: "test", services: [], stores: [], graphite: { hosts: true } });
    const there = Object.keys(files).filter((path) => path.startsWith(`${folder}/`));
    assert.deepEqual(there.sort(), uids.map((uid) => `${folder}/${uid}.json`).sort());
    assert.ok(there.includes(ini(files[INI])["dashboards"]?.["default_home_dashboard_path"] ?? ""));
  });

  it("may read metrics and traces, and nothing else", async () => {
    const { program } = await make(() => ({ traces: "xray" }));
    const actions = (program.statements ?? []).flatMap(({ Action }) => Action);
    assert.ok(actions.length > 0 && actions.every((action) => /^(cloudwatch|xray):(Get|List|BatchGet)/.test(action)), String(actions));
  });

  it("can be bent: its group and its target group", async () => {
    const { resources } = await make((options) => ({
      ...OIDC(options),
      transform: { securityGroup: { description: "bent" }, targetGroup: { deregistrationDelay: 5 } },
    }));
    assert.equal(only(resources, "aws:ec2/securityGroup:SecurityGroup", "grafana").inputs["description"], "bent");
    assert.equal(only(resources, "aws:lb/targetGroup:TargetGroup", "grafana").inputs["deregistrationDelay"], 5);
  });
});

describe("the role of who signs in", () => {
  it("is the first whose group they are in, and none for who is in none", () => {
    assert.equal(
      roleExpression({ groupsClaim: "groups", groups: { Admin: ["platform"], Editor: [], Viewer: ["everybody"] } }),
      `contains("groups" || '', 'platform') && 'Admin' || contains("groups" || '', 'everybody') && 'Viewer'`,
    );
    assert.equal(roleExpression({ groupsClaim: "groups", groups: NOBODY }), "'Viewer'");
  });
});
