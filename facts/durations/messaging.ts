import { type DurationTable, type Inputs, numberIn, textIn, took, waits } from "./duration";

const MSK = "https://docs.aws.amazon.com/msk/latest/developerguide/create-cluster.html";
const ACTIVEMQ = "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/getting-started-activemq.html";
const RABBITMQ = "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/getting-started-rabbitmq.html";
const FIREHOSE = "https://docs.aws.amazon.com/firehose/latest/dev/basic-create.html";
const KINESIS = "https://docs.aws.amazon.com/streams/latest/dev/working-with-streams.html";
const QUEUES = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html";

const BROKERS_AT_ONCE = 3;
const BROKERS_MORE = 1;
/** Brokers are updated one after another. */
const BROKER_ROLLED = 5;

/** Three brokers are made side by side; each three more take a little longer. An update goes from broker to broker. */
function kafka({ numberOfBrokerNodes }: Inputs) {
  const brokers = numberIn(numberOfBrokerNodes, BROKERS_AT_ONCE);
  const more = BROKERS_MORE * Math.max(0, Math.ceil(brokers / BROKERS_AT_ONCE) - 1);
  return took(MSK, [22 + more, 38 + more], [BROKER_ROLLED * brokers, BROKER_ROLLED * brokers * 3], [5, 20]);
}

function broker({ engineType }: Inputs) {
  return textIn(engineType).toLowerCase() === "rabbitmq"
    ? took(RABBITMQ, [9, 20], [6, 20], [3, 10])
    : took(ACTIVEMQ, [14, 25], [6, 20], [4, 10]);
}

/** Kafka, ActiveMQ and RabbitMQ, streams, queues. */
export const MESSAGING_DURATIONS: DurationTable = {
  "aws:msk/cluster:Cluster": kafka,
  "aws:msk/serverlessCluster:ServerlessCluster": took(
    "https://docs.aws.amazon.com/msk/latest/developerguide/serverless-getting-started.html",
    [3, 10],
    1,
    3,
  ),
  "aws:msk/configuration:Configuration": waits("kafka/configuration", 0.05, 0.05, 0.05),
  "aws:msk/topic:Topic": waits("kafka/topic", 0.2, 0.2, 0.2),
  "aws:mq/broker:Broker": broker,
  "aws:mq/configuration:Configuration": waits("mq/configuration", 0.05, 0.05, 0.02),
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": took(FIREHOSE, [0.5, 2], 0.3, 0.5),
  "aws:kinesis/stream:Stream": took(KINESIS, 0.5, 0.5, 0.5),
  // The provider reads a queue back until it shows what was set, which takes up to a minute.
  "aws:sqs/queue:Queue": took(QUEUES, [0.4, 1], 0.4, [0.4, 1]),
  "aws:sqs/queuePolicy:QueuePolicy": took(QUEUES, 0.4, 0.4, 0.4),
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": took(QUEUES, 0.4, 0.4, 0.4),
  "aws:sns/topic:Topic": waits("sns/topic", 0.1, 0.05, 0.05),
  "aws:sns/topicPolicy:TopicPolicy": waits("sns/topic_policy", 0.05, 0.05, 0.05),
  "aws:sns/topicSubscription:TopicSubscription": waits("sns/topic_subscription", 0.05, 0.05, 0.05),
};
