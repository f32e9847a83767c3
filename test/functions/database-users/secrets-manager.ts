import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { randomUUID } from "node:crypto";

interface Version {
  readonly text: string | undefined;
  readonly stages: Set<string>;
}

/** Secrets Manager as far as the function uses it: versions that carry stages, each stage on one version of a secret. */
export class SecretsManager {
  readonly client: Pick<SecretsManagerClient, "send"> = { send: (command: object) => Promise.resolve(this.answer(command)) } as Pick<
    SecretsManagerClient,
    "send"
  >;
  /** Calls that are still to be refused, as a role's new policy may be. */
  refusals = 0;

  private readonly secrets = new Map<string, Map<string, Version>>();

  /** Makes a secret, empty or with a value. */
  create(arn: string, value?: object): string {
    this.secrets.set(arn, new Map());
    if (value) this.put(arn, JSON.stringify(value), "AWSCURRENT", randomUUID());
    return arn;
  }

  /** The value of a stage. */
  value(arn: string, stage = "AWSCURRENT"): Record<string, string> {
    const [, version] = this.staged(arn, stage);
    return JSON.parse(version.text ?? "{}") as Record<string, string>;
  }

  /** Versions by id with their stages. */
  stages(arn: string): Record<string, string[]> {
    return Object.fromEntries([...this.versions(arn)].map(([id, { stages }]) => [id, [...stages].sort()]));
  }

  /** Starts a rotation, as Secrets Manager does before it calls the first step. */
  startRotation(arn: string): string {
    const token = randomUUID();
    for (const { stages } of this.versions(arn).values()) stages.delete("AWSPENDING");
    this.versions(arn).set(token, { text: undefined, stages: new Set(["AWSPENDING"]) });
    return token;
  }

  private answer(command: object): object {
    if (this.refusals > 0) {
      this.refusals -= 1;
      throw Object.assign(new Error("not authorized"), { name: "AccessDeniedException" });
    }
    if (command instanceof GetSecretValueCommand) return this.get(command.input);
    if (command instanceof PutSecretValueCommand) {
      const { SecretId: arn = "", SecretString: text = "", VersionStages: [stage = "AWSCURRENT"] = [], ClientRequestToken } = command.input;
      this.put(arn, text, stage, ClientRequestToken ?? randomUUID());
      return {};
    }
    if (command instanceof DescribeSecretCommand) return { VersionIdsToStages: this.stages(command.input.SecretId ?? "") };
    if (command instanceof UpdateSecretVersionStageCommand) {
      const { SecretId: arn = "", VersionStage: stage = "", MoveToVersionId: to = "", RemoveFromVersionId: from } = command.input;
      const [holder] = this.staged(arn, stage);
      if (holder !== from) throw new Error(`stage ${stage} is on ${holder}, not on ${from}`);
      this.move(arn, stage, to);
      return {};
    }
    throw new Error(`the function should not call ${command.constructor.name}`);
  }

  private get({ SecretId: arn = "", VersionStage: stage = "", VersionId: id }: GetSecretValueCommand["input"]): object {
    const found = [...this.versions(arn)].find(([version, { stages }]) => stages.has(stage) && (id === undefined || version === id));
    if (found?.[1].text === undefined) throw new ResourceNotFoundException({ message: "no such version", $metadata: {} });
    return { SecretString: found[1].text, VersionId: found[0] };
  }

  private put(arn: string, text: string, stage: string, id: string): void {
    const stages = this.versions(arn).get(id)?.stages ?? new Set<string>();
    this.versions(arn).set(id, { text, stages });
    this.move(arn, stage, id);
  }

  private move(arn: string, stage: string, to: string): void {
    for (const [id, { stages }] of this.versions(arn)) {
      if (id === to) stages.add(stage);
      else if (stages.delete(stage) && stage === "AWSCURRENT") {
        for (const other of this.versions(arn).values()) other.stages.delete("AWSPREVIOUS");
        stages.add("AWSPREVIOUS");
      }
    }
  }

  private staged(arn: string, stage: string): [id: string, version: Version] {
    const found = [...this.versions(arn)].find(([, { stages }]) => stages.has(stage));
    if (!found) throw new Error(`secret ${arn} has no ${stage}`);
    return found;
  }

  private versions(arn: string): Map<string, Version> {
    const versions = this.secrets.get(arn);
    if (!versions) throw new Error(`no secret ${arn}`);
    return versions;
  }
}
