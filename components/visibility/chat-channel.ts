import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustPolicy } from "../iam";
import { type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";

/** A channel of Slack. */
export interface SlackChannel {
  /** Id of the workspace, which somebody has let Amazon Q Developer into by its console. */
  readonly workspace: string;
  /** Id of the channel. */
  readonly channel: string;
}

/** A channel of Microsoft Teams. */
export interface TeamsChannel {
  /** Ids of the tenant and the team, which somebody has let Amazon Q Developer into by its console. */
  readonly tenant: string;
  readonly team: string;
  /** Id of the channel. */
  readonly channel: string;
}

export interface ChatChannelArgs {
  readonly context: PlatformContext;
  readonly where: { readonly slack: SlackChannel } | { readonly teams: TeamsChannel };
  /** Topics whose messages are shown. */
  readonly topicArns: readonly pulumi.Input<string>[];
  readonly transform?: {
    readonly slack?: Transform<aws.chatbot.SlackChannelConfigurationArgs>;
    readonly teams?: Transform<aws.chatbot.TeamsChannelConfigurationArgs>;
  };
}

/** What people may ask the channel for, whatever its role allows. Left out it would be everything. */
const GUARDRAIL = "arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess";

/**
 * Shows alarms in a channel of Slack or Teams, each with its graph, by Amazon Q Developer in chat applications (AWS Chatbot). Nobody can do
 * anything from there but look.
 *
 * Cost: none but that of the messages (Amazon Q Developer in chat applications pricing, 2026-11).
 */
export class ChatChannel extends pulumi.ComponentResource {
  constructor(
    private readonly name: string,
    private readonly args: ChatChannelArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:ChatChannel", name, {}, options);
    const role = this.createRole();
    if ("slack" in args.where) this.showInSlack(args.where.slack, role);
    else this.showInTeams(args.where.teams, role);
    this.registerOutputs();
  }

  /** The graph of an alarm is drawn in the name of this role. */
  private createRole(): aws.iam.Role {
    const { context } = this.args;
    const role = new aws.iam.Role(
      this.name,
      { description: "Draws the graphs of alarms in chat", assumeRolePolicy: trustPolicy("chatbot.amazonaws.com", context.accountId) },
      { parent: this },
    );
    new aws.iam.RolePolicy(
      this.name,
      {
        role: role.name,
        policy: policyDocument([
          {
            Sid: "Graphs",
            Effect: "Allow",
            // Service Authorization Reference, "Amazon CloudWatch" (2026-11): metrics are no resources that could be named.
            Action: [
              "cloudwatch:GetMetricData",
              "cloudwatch:GetMetricStatistics",
              "cloudwatch:GetMetricWidgetImage",
              "cloudwatch:ListMetrics",
            ],
            Resource: "*",
          },
          {
            Sid: "Alarms",
            Effect: "Allow",
            Action: ["cloudwatch:DescribeAlarms", "cloudwatch:DescribeAlarmHistory"],
            Resource: `arn:aws:cloudwatch:${context.region}:${context.accountId}:alarm:*`,
          },
        ]),
      },
      { parent: this },
    );
    return role;
  }

  private showInSlack({ workspace, channel }: SlackChannel, role: aws.iam.Role): void {
    new aws.chatbot.SlackChannelConfiguration(
      ...bend<aws.chatbot.SlackChannelConfigurationArgs>(
        this.args.transform?.slack,
        this.name,
        { ...this.common(role), slackTeamId: workspace, slackChannelId: channel },
        { parent: this },
      ),
    );
  }

  private showInTeams({ tenant, team, channel }: TeamsChannel, role: aws.iam.Role): void {
    new aws.chatbot.TeamsChannelConfiguration(
      ...bend<aws.chatbot.TeamsChannelConfigurationArgs>(
        this.args.transform?.teams,
        this.name,
        { ...this.common(role), tenantId: tenant, teamId: team, channelId: channel },
        { parent: this },
      ),
    );
  }

  private common(role: aws.iam.Role) {
    return {
      // AWS makes up no name for it.
      configurationName: `${this.args.context.environment}-${this.name}`,
      iamRoleArn: role.arn,
      snsTopicArns: [...this.args.topicArns],
      guardrailPolicyArns: [GUARDRAIL],
      loggingLevel: "ERROR",
    };
  }
}
