import { arn, autoName } from "./identifiers";
import { type Simulate, text } from "./shapes";

/** Configurations of chat channels: AWS Chatbot has them in no region. */
function chatConfiguration(kind: string): Simulate {
  return (inputs, place) => {
    const name = text(inputs["configurationName"], autoName(place));
    const id = `arn:aws:chatbot::${place.accountId}:chat-configuration/${kind}/${name}`;
    return { id, outputs: { chatConfigurationArn: id } };
  };
}

/** Composite alarms, dashboards, metrics of buckets and chat channels, by type token. */
export const ALARM_RESOURCES: Readonly<Record<string, Simulate>> = {
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": chatConfiguration("slack-channel"),
  "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration": chatConfiguration("microsoft-teams-channel"),
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": (inputs, place) => {
    const name = text(inputs["alarmName"], autoName(place));
    return { id: name, outputs: { alarmName: name, arn: arn(place, "cloudwatch", `alarm:${name}`) } };
  },
  "aws:cloudwatch/dashboard:Dashboard": (inputs, place) => {
    const name = text(inputs["dashboardName"], autoName(place));
    return { id: name, outputs: { dashboardName: name, dashboardArn: `arn:aws:cloudwatch::${place.accountId}:dashboard/${name}` } };
  },
  "aws:s3/bucketMetric:BucketMetric": (inputs, place) => ({
    id: `${text(inputs["bucket"], "bucket")}:${text(inputs["name"], autoName(place))}`,
    outputs: { name: text(inputs["name"], autoName(place)) },
  }),
};
