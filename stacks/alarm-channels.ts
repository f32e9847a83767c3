import * as pulumi from "@pulumi/pulumi";
import { type PlatformContext } from "../components/platform-context";
import { AlarmTopic } from "../components/visibility/alarm-topic";
import { type AlarmTopics } from "../components/visibility/alarms/alarm-topics";
import { ChatChannel } from "../components/visibility/chat-channel";
import { type EnvironmentConfig } from "./environment";

/** What channels are made with. */
export interface AlarmChannelsArgs {
  readonly context: PlatformContext;
  readonly settings: EnvironmentConfig["visibility"]["alarms"];
  /** Key the messages are encrypted with; it must admit CloudWatch alarms. */
  readonly keyArn: pulumi.Input<string>;
  readonly parent: pulumi.Resource;
}

/** The topics of an environment and who listens to them. */
export class AlarmChannels implements AlarmTopics {
  readonly arn: pulumi.Output<string>;
  readonly criticalArn: pulumi.Output<string>;
  /** Names of the topics: all alarms first, then those for the pager where there is one. */
  readonly topicNames: readonly pulumi.Output<string>[];

  constructor({ context, settings, keyArn, parent }: AlarmChannelsArgs) {
    const { email, pager, chat } = settings;
    const all = new AlarmTopic("alarms", { context, keyArn, email }, { parent });
    const paged = pager && new AlarmTopic("pages", { context, keyArn, pagerUrl: pulumi.secret(pager.url) }, { parent });
    if (chat) new ChatChannel("alarms-chat", { context, where: chat, topicArns: [all.arn, ...(paged ? [paged.arn] : [])] }, { parent });
    this.arn = all.arn;
    this.criticalArn = paged?.arn ?? all.arn;
    this.topicNames = [all.topicName, ...(paged ? [paged.topicName] : [])];
  }
}
