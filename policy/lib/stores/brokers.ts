import { MQ_MODES } from "../../../facts/amazon-mq";
import { read, type Reading, type Resource, text } from "../resource";

/** The engine of a broker as Amazon MQ spells it; undefined when it is not known. It takes other capitals too. */
export function mqEngine(broker: Resource): "ActiveMQ" | "RabbitMQ" | undefined {
  const name = text(read(broker, "engineType"))?.toLowerCase();
  if (name === "activemq") return "ActiveMQ";
  return name === "rabbitmq" ? "RabbitMQ" : undefined;
}

/** How a broker is deployed; left out, as a single instance. */
export function mqMode(broker: Resource): Reading {
  const reading = read(broker, "deploymentMode");
  return reading.state === "absent" ? { state: "known", value: "SINGLE_INSTANCE" } : reading;
}

/** The names of all ways to deploy one. */
export const MQ_MODE_NAMES: readonly string[] = Object.keys(MQ_MODES);
