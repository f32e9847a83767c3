import { unless } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";

const PROPERTY = "kafkaClusterEncryptionInTransit.encryptionType";

export const connectorRequiresTls = resourceRule({
  id: "connector-requires-tls",
  title: "Every Kafka connector speaks TLS to its cluster",
  severity: "medium",
  why: "A connector copies whole topics, or whole tables into them; in the clear they cross the network for all to read.",
  fix: "Set kafkaClusterEncryptionInTransit.encryptionType to TLS; it is PLAINTEXT where it is left out.",
  links: ["https://docs.aws.amazon.com/msk/latest/developerguide/msk-connect-connectors.html"],
  frameworks: [{ name: "FSBP", id: "MSK.3" }],
  types: ["aws:mskconnect/connector:Connector"],
  check: (connector) => [
    judge(
      connector,
      `${connector.name} speaks in the clear`,
      unless(connector, PROPERTY, { accepts: (value) => value === "TLS", absent: "wrong", what: "encryptionType is not TLS" }),
    ),
  ],
});
