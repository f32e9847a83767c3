import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { ChatChannel } from "../../components/visibility/chat-channel";
import { type Json, type PlannedResource, SECRET } from "../../plan/graph";
import { makePlan } from "../../plan/plan";
import { AlarmChannels, type AlarmChannelsArgs } from "../../stacks/alarm-channels";
import { SECRET_VALUE } from "../../stacks/config/visibility/secret-value";
import { strata } from "../automation/command";
import { only, recordProgram, TEST_CONTEXT, Workspace } from "../harness";

const TOPIC = "aws:sns/topic:Topic";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const SLACK = "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration";
const TEAMS = "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration";
const COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/visibility";
const UUID = "01234567-89ab-cdef-0123-456789abcdef";
const URL = "https://events.pager.example.com/integration/0123456789abcdef/enqueue";

function made(settings: AlarmChannelsArgs["settings"]): Promise<PlannedResource[]> {
  return recordProgram(({ providers }) => {
    const parent = new pulumi.ComponentResource("test:Parent", "parent", {}, { providers: [providers.aws] });
    new AlarmChannels({ context: TEST_CONTEXT, settings, keyArn: KEY, parent });
  });
}

describe("where alarms go", () => {
  it("nowhere by default: one topic, which nobody listens to", async () => {
    const resources = await made({});
    only(resources, TOPIC, "alarms");
    assert.ok(!resources.some(({ type }) => type === SUBSCRIPTION || type === SLACK || type === TEAMS));
  });

  it("to an e-mail address", async () => {
    const { inputs } = only(await made({ email: "on-call@example.com" }), SUBSCRIPTION);
    assert.deepEqual([inputs["protocol"], inputs["endpoint"]], ["email", "on-call@example.com"]);
  });

  it("to a channel of Slack, in which nobody can do more than look", async () => {
    const resources = await made({ chat: { slack: { workspace: "T0123ABCD", channel: "C0123ABCD" } } });
    const { inputs } = only(resources, SLACK);
    assert.deepEqual([inputs["slackTeamId"], inputs["slackChannelId"]], ["T0123ABCD", "C0123ABCD"]);
    assert.deepEqual(inputs["snsTopicArns"], [only(resources, TOPIC).outputs["arn"]]);
    // Without a guardrail it would be AdministratorAccess.
    assert.deepEqual(inputs["guardrailPolicyArns"], ["arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"]);
    const role = only(resources, "aws:iam/role:Role");
    assert.equal(inputs["iamRoleArn"], role.outputs["arn"]);
    assert.match(String(role.inputs["assumeRolePolicy"]), /"Service":"chatbot\.amazonaws\.com"/);
    const policy = JSON.parse(String(only(resources, "aws:iam/rolePolicy:RolePolicy").inputs["policy"])) as {
      Statement: { Action: string[] }[];
    };
    for (const { Action } of policy.Statement) for (const action of Action) assert.match(action, /^cloudwatch:(Get|List|Describe)/);
  });

  it("to a channel of Teams", async () => {
    const resources = await made({ chat: { teams: { tenant: UUID, team: UUID, channel: "19:abc@thread.tacv2" } } });
    const { inputs } = only(resources, TEAMS);
    assert.deepEqual([inputs["tenantId"], inputs["teamId"], inputs["channelId"]], [UUID, UUID, "19:abc@thread.tacv2"]);
    assert.ok(!resources.some(({ type }) => type === SLACK));
  });

  it("to a pager by a topic of its own, which chat shows too, and whose address no plan holds", async () => {
    const resources = await made({ pager: { url: URL }, chat: { slack: { workspace: "T0123ABCD", channel: "C0123ABCD" } } });
    const pages = only(resources, TOPIC, "pages").outputs["arn"];
    const { inputs } = only(resources, SUBSCRIPTION);
    assert.deepEqual([inputs["topic"], inputs["protocol"], inputs["endpointAutoConfirms"]], [pages, "https", true]);
    assert.equal(inputs["endpoint"], SECRET);
    assert.ok(!JSON.stringify(resources).includes(URL));
    assert.deepEqual(only(resources, SLACK).inputs["snsTopicArns"], [only(resources, TOPIC, "alarms").outputs["arn"], pages]);
  });

  it("both chats can be bent", async () => {
    const bend = (where: ConstructorParameters<typeof ChatChannel>[1]["where"], transform: object) =>
      recordProgram((options) => new ChatChannel("chat", { context: TEST_CONTEXT, where, topicArns: [], transform }, options));
    const slack = await bend({ slack: { workspace: "T0123ABCD", channel: "C0123ABCD" } }, { slack: { loggingLevel: "INFO" } });
    assert.equal(only(slack, SLACK).inputs["loggingLevel"], "INFO");
    const teams = await bend({ teams: { tenant: UUID, team: UUID, channel: "19:a@thread.tacv2" } }, { teams: { loggingLevel: "INFO" } });
    assert.equal(only(teams, TEAMS).inputs["loggingLevel"], "INFO");
  });

  it("what stands for a secret in a plan is what the configuration lets pass", () => assert.equal(SECRET_VALUE, SECRET));
});

describe("who is woken", () => {
  let resources: PlannedResource[];
  let workspace: Workspace;

  before(async () => {
    workspace = new Workspace();
    workspace.section("prod", "visibility", (visibility) =>
      Object.assign(visibility["alarms"] as object, { pager: { url: { secure: "v1:AAAA:BBBB" } } }),
    );
    resources = (await makePlan(workspace.root, "prod")).document.resources;
  });
  after(() => workspace.dispose());

  const actions = (type: string, name: string): Json | undefined => only(resources, type, name).inputs["alarmActions"];
  const topic = (name: string) => [only(resources, TOPIC, name).outputs["arn"]];

  it("for a critical service that is down, and for no other", () => {
    assert.deepEqual(actions(COMPOSITE, "orders-down"), topic("pages"));
    assert.deepEqual(actions(COMPOSITE, "partners-down"), topic("alarms"));
  });

  it("for what is critical of a store that a critical service uses, and for nothing else of it", () => {
    assert.deepEqual(actions(ALARM, "kafka-offline"), topic("pages"));
    assert.deepEqual(actions(ALARM, "kafka-broker-1-cpu"), topic("alarms"));
    assert.deepEqual(actions(ALARM, "wiki-db-storage"), topic("alarms"));
  });

  it("for what all services share, and for alarms that do not arrive, each told by the other topic", () => {
    assert.deepEqual(actions(ALARM, "nat-1-ports"), topic("pages"));
    assert.deepEqual(actions(ALARM, "nat-1-drops"), topic("alarms"));
    assert.deepEqual([actions(ALARM, "pages-undelivered"), actions(ALARM, "alarms-undelivered")], [topic("alarms"), topic("pages")]);
  });

  it("not for a single bad minute: those go where all alarms go", () => {
    assert.deepEqual(actions(ALARM, "orders-5xx"), topic("alarms"));
    assert.deepEqual(actions(COMPOSITE, "orders-slo-latency-slow"), topic("alarms"));
  });
});

describe("wrong settings of alarms", () => {
  /** One wrong edit, and what the error must say. */
  const CASES: Readonly<Record<string, { readonly alarms: object; readonly says: RegExp }>> = {
    "the key that was there before": {
      alarms: { alarmEmail: "on-call@example.com" },
      says: /strata:visibility\.alarms\.alarmEmail: is not a known key/,
    },
    "an address that is none": { alarms: { email: "on-call" }, says: /alarms\.email: is not an e-mail address, got "on-call"/ },
    "the name of a channel": {
      alarms: { chat: { slack: { workspace: "T0123ABCD", channel: "#alarms" } } },
      says: /alarms\.chat.*is not the id of a channel/s,
    },
    "a pager in plain text": {
      alarms: { pager: { url: URL } },
      says: /alarms\.pager\.url: is in plain text.*pulumi config set --secret --path strata:visibility\.alarms\.pager\.url/,
    },
    "a pager without TLS": {
      alarms: { pager: { url: "http://pager.example.com/x" } },
      says: /alarms\.pager\.url: is not an https address/,
    },
  };

  for (const [name, { alarms, says }] of Object.entries(CASES))
    it(`${name} is refused, and what would be right is said`, async () => {
      const workspace = new Workspace();
      try {
        workspace.section("dev", "visibility", (visibility) => (visibility["alarms"] = alarms));
        const { code, stderr } = await strata("plan", "dev", "--cwd", workspace.root);
        assert.equal(code, 1);
        assert.match(stderr, says);
        assert.doesNotMatch(stderr, /pager\.example\.com/, "the address is as good as a password");
      } finally {
        workspace.dispose();
      }
    });

  it("an objective that nothing measures is refused with where it could be", async () => {
    const workspace = new Workspace();
    try {
      workspace.service("sessions", (sessions) => (sessions["slo"] = { availability: 99.9 }));
      const { code, stderr } = await strata("plan", "prod", "--cwd", workspace.root);
      assert.equal(code, 1);
      assert.match(stderr, /services\/sessions\/service\.yaml: slo: cannot be measured on eks/);
    } finally {
      workspace.dispose();
    }
  });
});
