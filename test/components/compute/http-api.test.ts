import * as aws from "@pulumi/aws";
import assert from "node:assert/strict";
import { HttpApi } from "../../../components/compute/http-api";
import { type PlannedResource, type Properties } from "../../../plan/graph";
import { only, recordProgram, TEST_CONTEXT as context } from "../../harness";
import { ofCatalogue, recordFunctions } from "./functions";

const ROUTE = "aws:apigatewayv2/route:Route";
const PATH = "/webhooks/payments";
const payments = () => [ofCatalogue("payments-webhook")] as const;
const secrets = { "payments-webhook": "payment-provider" };

function all(resources: readonly PlannedResource[], type: string): PlannedResource[] {
  return resources.filter((resource) => resource.type === type);
}

describe("the HTTP API", () => {
  it("sends a path and all below it to a function, which lets it in for these paths only", async () => {
    const resources = await recordFunctions(payments(), { secrets });
    assert.deepEqual(
      all(resources, ROUTE).map(({ inputs }) => inputs["routeKey"]),
      [`ANY ${PATH}`, `ANY ${PATH}/{proxy+}`],
    );
    const { inputs: integration, outputs } = only(resources, "aws:apigatewayv2/integration:Integration");
    assert.equal(integration["integrationUri"], only(resources, "aws:lambda/alias:Alias").outputs["invokeArn"]);
    assert.equal(integration["payloadFormatVersion"], "2.0");
    for (const { inputs } of all(resources, ROUTE)) assert.equal(inputs["target"], `integrations/${String(outputs["id"])}`);
    const execution = String(only(resources, "aws:apigatewayv2/api:Api").outputs["executionArn"]);
    assert.deepEqual(
      all(resources, "aws:lambda/permission:Permission").map(({ inputs }) => [
        inputs["principal"],
        inputs["sourceArn"],
        inputs["qualifier"],
      ]),
      [
        ["apigateway.amazonaws.com", `${execution}/*/*${PATH}`, "live"],
        ["apigateway.amazonaws.com", `${execution}/*/*${PATH}/{proxy+}`, "live"],
      ],
    );
  });

  it("logs every request to a group of its own and takes from each path at most twice its peak", async () => {
    const resources = await recordFunctions(payments(), { secrets });
    const stage = only(resources, "aws:apigatewayv2/stage:Stage");
    const log = stage.inputs["accessLogSettings"] as Properties;
    assert.equal(log["destinationArn"], only(resources, "aws:cloudwatch/logGroup:LogGroup", "public-access").outputs["arn"]);
    const format = JSON.parse(String(log["format"])) as Record<string, string>;
    assert.ok(["requestId", "status", "latency", "integrationError", "sourceIp"].every((key) => format[key]?.startsWith("$context.")));
    assert.deepEqual(stage.inputs["defaultRouteSettings"], {
      throttlingRateLimit: 1_000,
      throttlingBurstLimit: 2_000,
      detailedMetricsEnabled: true,
    });
    assert.deepEqual(
      (stage.inputs["routeSettings"] as Properties[]).map((one) => [one["routeKey"], one["throttlingRateLimit"]]),
      [
        [`ANY ${PATH}`, 800],
        [`ANY ${PATH}/{proxy+}`, 800],
      ],
    );
    for (const route of all(resources, ROUTE)) assert.ok(stage.dependencies.includes(route.urn), "a stage names routes that exist");
  });

  it("is served under the domain alone, with a certificate and TLS 1.2", async () => {
    const domain = { name: "api.example.com", hostedZoneId: "Z0123456789EXAMPLE" };
    const resources = await recordFunctions(payments(), { secrets, api: { domain } });
    assert.equal(only(resources, "aws:apigatewayv2/api:Api").inputs["disableExecuteApiEndpoint"], true);
    const served = only(resources, "aws:apigatewayv2/domainName:DomainName");
    assert.deepEqual(served.inputs["domainNameConfiguration"], {
      certificateArn: only(resources, "aws:acm/certificate:Certificate").outputs["arn"],
      endpointType: "REGIONAL",
      securityPolicy: "TLS_1_2",
    });
    only(resources, "aws:apigatewayv2/apiMapping:ApiMapping");
    const address = all(resources, "aws:route53/record:Record").find(({ inputs }) => inputs["type"] === "A");
    const [alias] = address?.inputs["aliases"] as Properties[];
    assert.match(String(alias?.["name"]), /^d-.*\.execute-api\.us-east-1\.amazonaws\.com$/);
    assert.equal(only(resources, "strata:compute:HttpApi").outputs["url"], "https://api.example.com");
  });

  it("asks for a token where one is configured, except on the paths that prove their callers otherwise", async () => {
    const jwt = { issuer: "https://id.example.com", audiences: ["shop"] };
    const asked = await recordFunctions(payments(), { secrets, api: { jwt: { ...jwt, except: [] } } });
    const authorizer = only(asked, "aws:apigatewayv2/authorizer:Authorizer");
    assert.deepEqual(authorizer.inputs["jwtConfiguration"], jwt);
    for (const { inputs } of all(asked, ROUTE))
      assert.deepEqual([inputs["authorizationType"], inputs["authorizerId"]], ["JWT", authorizer.outputs["id"]]);
    const excepted = await recordFunctions(payments(), { secrets, api: { jwt: { ...jwt, except: [PATH] } } });
    for (const { inputs } of all(excepted, ROUTE)) assert.equal(inputs["authorizationType"], "NONE");
  });

  it("answers browsers of other sites only where that is configured", async () => {
    const cors = { origins: ["https://shop.example.com"], methods: ["GET"], headers: ["authorization"] };
    const closed = await recordFunctions(payments(), { secrets });
    const open = await recordFunctions(payments(), { secrets, api: { cors } });
    assert.equal(only(closed, "aws:apigatewayv2/api:Api").inputs["corsConfiguration"], undefined);
    assert.deepEqual(only(open, "aws:apigatewayv2/api:Api").inputs["corsConfiguration"], {
      allowOrigins: cors.origins,
      allowMethods: cors.methods,
      allowHeaders: cors.headers,
      maxAge: 3_600,
    });
  });

  function apiWithContainers(paths: readonly string[]): Promise<PlannedResource[]> {
    return recordProgram((options) => {
      const logKeyArn = "arn:aws:kms:us-east-1:111122223333:key/1234";
      const api = new HttpApi(
        "public",
        {
          context,
          throttling: { rate: 100, burst: 100 },
          inside: { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] },
          logDays: 7,
          logKeyArn,
        },
        options,
      );
      for (const path of paths) {
        const name = path.slice(1) || "root";
        const group = new aws.ec2.SecurityGroup(`${name}-balancer`, { vpcId: "vpc-1" }, { provider: options.providers.aws });
        const arn = `arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/${name}/1/2`;
        const side = { name: `${name}-balancer`, securityGroupId: group.id };
        api.routeToPrivate(name, { arn, side, port: 443, serverName: "shop.example.com" }, { path }, api);
      }
      api.publish();
      assert.throws(() => api.publish(), /published twice/);
    });
  }

  it("reaches containers by one link into the VPC, whose group may reach their balancer and nothing else", async () => {
    const resources = await apiWithContainers(["/orders", "/"]);
    const link = only(resources, "aws:apigatewayv2/vpcLink:VpcLink");
    const integrations = all(resources, "aws:apigatewayv2/integration:Integration");
    assert.equal(integrations.length, 2);
    for (const { inputs } of integrations) {
      assert.deepEqual([inputs["connectionType"], inputs["connectionId"]], ["VPC_LINK", link.outputs["id"]]);
      assert.deepEqual(inputs["tlsConfig"], { serverNameToVerify: "shop.example.com" });
    }
    assert.deepEqual(
      all(resources, ROUTE)
        .map(({ inputs }) => inputs["routeKey"])
        .sort(),
      ["ANY /", "ANY /orders", "ANY /orders/{proxy+}", "ANY /{proxy+}"],
    );
    const group = only(resources, "aws:ec2/securityGroup:SecurityGroup", "public-link").outputs["id"];
    const egress = all(resources, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule");
    assert.ok(egress.length === 2 && egress.every(({ inputs }) => inputs["securityGroupId"] === group && inputs["cidrIpv4"] === undefined));
  });

  it("has no link into the VPC while no container is routed to", async () => {
    assert.equal(all(await recordFunctions(payments(), { secrets }), "aws:apigatewayv2/vpcLink:VpcLink").length, 0);
  });
});
