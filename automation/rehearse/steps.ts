import { scheduleOf } from "../../plan/schedule/schedule";
import { typeOf } from "../../plan/urn";
import { type CloudResource } from "./cloud";
import { changeProperty, createUnmanaged, deleteBehindBack } from "./drift";
import { type EngineResult, type PreviewResult } from "./engine";
import { searchCloud } from "./search";
import { type Outcome, type Stage } from "./stage";

/** A part of a rehearsal. */
export interface Step {
  readonly name: string;
  /** What is done, in words that follow "now". */
  readonly doing: string;
  readonly applies: (stage: Stage) => boolean;
  readonly run: (stage: Stage) => Promise<Outcome>;
}

const always = (): boolean => true;

/** Tries of an `up` that meets faults; each fault strikes once, so that more would hide one that stays. */
const TRIES = 8;
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
/** What somebody may delete without anything else failing, the first that there is. */
const DELETABLE = ["aws:cloudwatch/metricAlarm:MetricAlarm", "aws:sns/topic:Topic"];
const BUCKET = "aws:s3/bucket:Bucket";
/** Two values that CloudWatch Logs takes: the one that is not set is set. */
const LOG_DAYS = [30, 60] as const;
const MOST_LINES = 12;

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** The lines of a failed run that say why. */
function errorsIn({ stdout, stderr }: EngineResult): string[] {
  const lines = `${stdout}\n${stderr}`.split("\n").map((line) => line.trim());
  const errors = [...new Set(lines.filter((line) => /\berror\b/i.test(line)))];
  return (errors.length > 0 ? errors : lines.filter((line) => line !== "").slice(-MOST_LINES)).slice(0, MOST_LINES);
}

function failures(what: string, result: EngineResult): string[] {
  return result.exitCode === 0 ? [] : [`${what} ended with ${String(result.exitCode)}`, ...errorsIn(result)];
}

/** Steps of a preview that change something, as `update aws:…`, with how many there are of each. */
function changesOf({ steps }: PreviewResult): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { op, urn } of steps.filter((step) => step.op !== "same")) {
    const change = `${op} ${typeOf(urn)}`;
    counts.set(change, (counts.get(change) ?? 0) + 1);
  }
  return counts;
}

async function up(stage: Stage): Promise<Outcome> {
  const schedule = scheduleOf(stage.plan, "create");
  const failed: string[] = [];
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const result = attempt === 1 ? await stage.against("up", schedule, () => stage.engine.up()) : await stage.engine.up();
    if (result.exitCode === 0) {
      const made = await stage.managed();
      const { orphans, missing } = await stage.leftovers();
      const tries = attempt === 1 ? "" : `, after ${plural(attempt - 1, "failed try")}`.replace("trys", "tries");
      return {
        result: `${plural(made.length, "resource")} made${tries}`,
        problems: [
          ...orphans.map(({ type, id }) => `${type} ${id}: is in the cloud and in no state`),
          ...missing.map((urn) => `${urn}: is in the state and in no cloud`),
        ],
      };
    }
    if (!stage.hasFaults) return { result: "failed", problems: failures("up", result) };
    failed.push(...errorsIn(result));
  }
  return { result: `failed ${TRIES} times`, problems: failed.slice(-MOST_LINES) };
}

/** A second preview of what was just made. */
async function previewUnchanged(stage: Stage): Promise<Outcome> {
  const preview = await stage.engine.preview();
  const changes = changesOf(preview);
  return {
    result: changes.size === 0 ? `no changes in ${plural(preview.changes["same"] ?? 0, "resource")}` : "there are changes",
    problems: [...failures("preview", preview), ...[...changes].map(([change, count]) => `${change}: ${count}`)],
    changes: preview.changes,
  };
}

/** What is done to the cloud by hand. */
interface Drift {
  readonly changed: CloudResource;
  readonly deleted: CloudResource;
  readonly strangeId: string;
}

function makeDrift({ cloud, environment }: Stage): Drift {
  const [changed] = cloud.list([LOG_GROUP]);
  const [deleted] = DELETABLE.flatMap((type) => cloud.list([type]));
  if (!changed || !deleted) throw new Error("there is neither a log group to change nor an alarm to delete");
  changeProperty(cloud, changed, "retentionInDays", 1);
  deleteBehindBack(cloud, deleted);
  const strangeId = `${environment}-made-by-hand`;
  const tags = { "pulumi:project": projectOf(deleted.urn), "pulumi:stack": environment };
  createUnmanaged(cloud, BUCKET, strangeId, { bucket: strangeId, tags });
  return { changed, deleted, strangeId };
}

function projectOf(urn: string): string {
  return urn.split("::")[1] ?? "";
}

async function findDrift(stage: Stage): Promise<Outcome> {
  const { changed, deleted, strangeId } = makeDrift(stage);
  const refreshed = await stage.engine.refresh();
  const managed = new Set((await stage.managed()).map(({ type, id }) => `${type} ${String(id)}`));
  const tagged = searchCloud(stage.workspace.cloud, { tags: { "pulumi:stack": stage.environment } });
  const strangers = tagged.filter(({ type, id }) => !managed.has(`${type} ${id}`)).map(({ id }) => id);
  stage.cloud.delete({ type: BUCKET, id: strangeId });
  const { outcome: repaired, operations } = await stage.watch(() => stage.engine.up());
  const due = [`update ${changed.urn}`, `create ${deleted.urn}`];
  return {
    result: "a changed property, a deleted resource and one made by hand found; repaired, and nothing else touched",
    problems: [
      ...failures("refresh", refreshed),
      ...failures("up", repaired),
      ...due.filter((one) => !operations.includes(one)).map((one) => `${one}: was due, and was not done`),
      ...operations.filter((one) => !due.includes(one)).map((one) => `${one}: was done, and was not due`),
      ...(strangers.length === 1 && strangers[0] === strangeId
        ? []
        : [`by the tags of the stack ${strangers.join(", ") || "nothing"} was found, not ${strangeId}`]),
      ...(stage.cloud.read(changed)?.outputs["retentionInDays"] === 1 ? [`${changed.urn}: is still as it was changed`] : []),
    ],
  };
}

async function changeSetting(stage: Stage): Promise<Outcome> {
  let days = 0;
  stage.edit("visibility", (values) => (values["logDays"] = days = LOG_DAYS.find((one) => one !== values["logDays"]) ?? LOG_DAYS[0]));
  const { outcome: made, operations } = await stage.watch(() => stage.engine.up());
  const others = operations.filter((one) => !one.startsWith("update "));
  const types = [...new Set(operations.map((one) => typeOf(one)))].map((type) => type.split(":").at(-1) ?? type);
  return {
    result: `strata:visibility.logDays set to ${days}: ${plural(operations.length, "update")} in place of ${types.join(", ")}`,
    problems: [
      ...failures("up", made),
      ...(operations.length === 0 ? ["nothing was changed"] : []),
      ...others.map((one) => `${one}: where only updates were due`),
    ],
  };
}

async function destroyRefused(stage: Stage): Promise<Outcome> {
  const before = stage.cloud.list().length;
  const result = await stage.engine.destroy();
  const guarded = (await stage.managed()).filter(({ protect }) => protect);
  const said = result.stdout + result.stderr;
  const named = guarded.filter(({ urn }) => said.includes(urn));
  const after = stage.cloud.list().length;
  return {
    result: `refused: ${plural(guarded.length, "resource")} protected, ${named.length} named`,
    problems: [
      ...(result.exitCode === 0 ? ["the environment was destroyed although it is durable"] : []),
      ...(named.length > 0 ? [] : ["nothing that is protected was named", ...errorsIn(result)]),
      ...(after === before ? [] : [`${plural(before - after, "resource")} deleted all the same`]),
    ],
  };
}

/** What docs/decommission.md tells a person to do who takes a durable environment down. Lifting its protection changes nothing else. */
async function liftProtection(stage: Stage): Promise<Outcome> {
  stage.edit("environment", (values) => (values["decommissioning"] = true));
  const retired = stage.retireStores();
  const { outcome: lifted, operations } = await stage.watch(() => stage.engine.up());
  const others = operations.filter((one) => !one.startsWith("update "));
  const held = (await stage.managed()).filter(({ protect }) => protect);
  return {
    result: `${plural(retired, "store")} retired, strata:environment.decommissioning: ${plural(operations.length, "update")}, nothing replaced`,
    problems: [
      ...failures("up", lifted),
      ...others.map((one) => `${one}: where only updates in place were due`),
      ...held.map(({ urn }) => `${urn}: is still protected`),
    ],
  };
}

async function destroy(stage: Stage): Promise<Outcome> {
  await stage.noteRetained();
  const schedule = await stage.destruction();
  const count = (await stage.managed()).length;
  const result = await stage.against("destroy", schedule, () => stage.engine.destroy());
  const left = await stage.managed();
  return {
    result: `${plural(count - left.length, "resource")} gone`,
    problems: [...failures("destroy", result), ...left.slice(0, MOST_LINES).map(({ urn }) => `${urn}: is still in the state`)],
  };
}

/** The life of an environment, in order. */
export const STEPS: readonly Step[] = [
  { name: "up", doing: "making everything", applies: always, run: up },
  { name: "preview", doing: "previewing it again", applies: always, run: previewUnchanged },
  { name: "drift", doing: "changing things behind its back, and repairing them", applies: always, run: findDrift },
  { name: "update", doing: "changing a setting", applies: always, run: changeSetting },
  { name: "destroy, refused", doing: "trying to destroy what is durable", applies: ({ isProtected }) => isProtected, run: destroyRefused },
  { name: "lift protection", doing: "lifting its protection", applies: ({ isProtected }) => isProtected, run: liftProtection },
  { name: "destroy", doing: "destroying everything", applies: always, run: destroy },
];
