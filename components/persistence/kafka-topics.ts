import { type Fault } from "../faults";
import { parseQuantity } from "../quantity";
import { variablePrefix } from "../service/binding";

/** What one service says of a topic that it publishes or consumes. */
export interface TopicDeclaration {
  /** Where it says so, such as `services/orders/service.yaml: needs[1]`; the keys of faults start with it. */
  readonly key: string;
  readonly service: string;
  readonly topic: string;
  readonly partitions?: number;
  /** Hours or days, such as `7d`. */
  readonly retention?: string;
}

/** A topic as it is made. */
export interface TopicSettings {
  readonly topic: string;
  /** Can grow; Kafka cannot take one away. */
  readonly partitions: number;
  /** Milliseconds a record is kept. */
  readonly retention: number;
}

/** How many brokers hold each record, and how many of them must have it before a write counts. */
export interface Replication {
  readonly factor: number;
  /** Absent where the brokers decide it themselves, as Express ones do. */
  readonly minimumInSync?: number;
}

const DEFAULT_PARTITIONS = 6;
const DEFAULT_RETENTION = "7d";

/** Values that services gave for one property of a topic, when they are not all the same. */
function disagreement<Value>(said: readonly { readonly service: string; readonly value: Value | undefined }[]): string | undefined {
  const given = said.filter(({ value }) => value !== undefined);
  return new Set(given.map(({ value }) => value)).size > 1
    ? given.map(({ service, value }) => `${service}: ${String(value)}`).join(", ")
    : undefined;
}

/**
 * The topics that a catalogue declares: each once, with the partitions and retention that any of its services gives.
 * @param durable true where a topic must keep records at all.
 */
export function declaredTopics(
  declarations: readonly TopicDeclaration[],
  durable: boolean,
): { readonly topics: readonly TopicSettings[]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const topics = [...new Set(declarations.map(({ topic }) => topic))].map((topic) => {
    const said = declarations.filter((declaration) => declaration.topic === topic);
    for (const property of ["partitions", "retention"] as const) {
      const got = disagreement(said.map((declaration) => ({ service: declaration.service, value: declaration[property] })));
      if (got)
        faults.push({
          key: said.flatMap((declaration) => (declaration[property] === undefined ? [] : `${declaration.key}.${property}`)).join(", "),
          what: "differs between the services that share it",
          got,
          right: "let one say it",
        });
    }
    const partitions = said.find((declaration) => declaration.partitions !== undefined)?.partitions ?? DEFAULT_PARTITIONS;
    const kept = said.find((declaration) => declaration.retention !== undefined);
    const text = kept?.retention ?? DEFAULT_RETENTION;
    const key = `${kept?.key ?? topic}.retention`;
    const retention = parseQuantity(text, "duration");
    if (retention === undefined) faults.push({ key, what: "is not a duration", got: text, right: "write it as 7d" });
    else if (durable && retention === 0)
      faults.push({ key, what: "keeps nothing in a durable environment", got: text, right: "give at least 1h" });
    return { topic, partitions, retention: retention ?? 0 };
  });
  return { topics, faults: [...faults, ...nameFaults(topics.map(({ topic }) => topic))] };
}

/** Names that Kafka takes and that then get in each other's way. */
function nameFaults(topics: readonly string[]): Fault[] {
  return topics.flatMap((topic, index) => {
    if (topic === "." || topic === "..") return [{ key: `topic ${topic}`, what: "is a name that Kafka refuses", right: "give another" }];
    const twin = topics.slice(0, index).find((other) => variablePrefix(other, "") === variablePrefix(topic, ""));
    return twin === undefined
      ? []
      : [
          {
            key: `topic ${topic}`,
            what: `has the variables and the metrics of topic ${twin}`,
            right: "let them differ by letters or digits",
          },
        ];
  });
}

/** The configuration of a topic, spelled as Kafka spells it. */
export function topicConfigs({ retention }: TopicSettings, { minimumInSync }: Replication): Readonly<Record<string, string>> {
  return {
    "cleanup.policy": "delete",
    "retention.ms": String(retention),
    ...(minimumInSync === undefined ? {} : { "min.insync.replicas": String(minimumInSync) }),
  };
}
