import { useMemo, useState } from "preact/hooks";
import { type ReportData } from "../report-data";
import { Value } from "../value";
import { Verdict } from "./header";
import { Absent, Section } from "./section";
import { type Column, Table } from "./table";
import { Urn } from "./urn";

type Policy = ReportData["policy"];

/** A finding of any kind, as a row of one table. */
interface Finding {
  readonly level: string;
  readonly pack: string;
  readonly rule: string;
  readonly urn?: string;
  readonly severity?: string;
  readonly message: string;
  /** What to do, or why nothing need be done. */
  readonly answer: string;
}

const LEVELS = ["mandatory", "advisory", "remediated", "excepted", "failed itself", "not evaluated"] as const;

const TONES: Readonly<Record<string, string>> = { mandatory: "bad", advisory: "warn", "failed itself": "bad" };

/** Everything that was found, what stops a deployment first. */
export function findingsOf({ violations, remediated, excepted, broken, notEvaluated }: Policy): Finding[] {
  const all: Finding[] = [
    ...violations.map(({ fix, ...one }) => ({ ...one, answer: fix })),
    ...broken.map(({ error, ...one }) => ({ ...one, level: "failed itself", message: error, answer: "The rule itself must be mended." })),
    ...remediated.map(({ properties, ...one }) => ({
      ...one,
      level: "remediated",
      answer: `The engine would set ${properties.join(", ")}.`,
    })),
    ...excepted.map((one) => ({ ...one, level: "excepted", answer: `Until ${one.expires} by ${one.owner}, because ${one.reason}` })),
    ...notEvaluated.map(({ why, ...one }) => ({ ...one, level: "not evaluated", message: why, answer: "" })),
  ];
  const order = (level: string) => LEVELS.findIndex((one) => one === level);
  return all.sort((left, right) => order(left.level) - order(right.level));
}

export function PolicySection({ data: { policy } }: { readonly data: ReportData }) {
  const findings = useMemo(() => findingsOf(policy), [policy]);
  const [level, setLevel] = useState("");
  const [pack, setPack] = useState("");
  const rows = useMemo(
    () => findings.filter((one) => (level === "" || one.level === level) && (pack === "" || one.pack === pack)),
    [findings, level, pack],
  );
  const levels = LEVELS.filter((one) => findings.some((finding) => finding.level === one));
  const filters = (
    <>
      <Choice label="Level" value={level} values={levels} choose={setLevel} />
      <Choice label="Pack" value={pack} values={policy.packs.map(({ name }) => name)} choose={setPack} />
    </>
  );
  return (
    <Section
      id="policies"
      title="Policies"
      lead={
        <>
          <Verdict refusal={policy.refusal} /> {policy.refusal !== undefined && <>{policy.refusal}. </>}
          <Value from={["policy", "evaluations"]} as="count" /> verdicts reached;{" "}
          <Value from={["policy", "violations", "length"]} as="count" /> rules broken.
        </>
      }
    >
      <Packs policy={policy} />
      <h3>What was found</h3>
      {findings.length === 0 ? (
        <Absent>Nothing is broken, excepted or left open.</Absent>
      ) : (
        <Table caption="What policies found" rows={rows} columns={COLUMNS} text={textOf} filters={filters} />
      )}
    </Section>
  );
}

function textOf({ rule, message, urn = "", answer }: Finding): string {
  return [rule, message, urn, answer].join(" ");
}

const COLUMNS: readonly Column<Finding>[] = [
  {
    head: "Level",
    order: ({ level }) => LEVELS.findIndex((one) => one === level),
    cell: ({ level }) => <span class={`tag ${TONES[level] ?? "plain"}`}>{level}</span>,
  },
  {
    head: "Rule",
    order: ({ rule }) => rule,
    cell: ({ rule, pack }) => (
      <>
        <code>{rule}</code>
        <br />
        <span class="muted">{pack}</span>
      </>
    ),
  },
  {
    head: "What was found",
    cell: ({ message, urn, severity }) => (
      <>
        {message}
        {severity !== undefined && <span class="muted">, {severity}</span>}
        {urn !== undefined && (
          <div>
            <Urn urn={urn} />
          </div>
        )}
      </>
    ),
  },
  { head: "What to do", cell: ({ answer }) => answer },
];

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly values: readonly string[];
  readonly choose: (value: string) => void;
}

/** One of several, or all. */
export function Choice({ label, value, values, choose }: ChoiceProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <option value="">all</option>
        {values.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}

function Packs({ policy }: { readonly policy: Policy }) {
  const levels = [...new Set(policy.packs.flatMap((pack) => Object.keys(pack.levels)))];
  const columns: Column<Policy["packs"][number]>[] = [
    { head: "Pack", cell: ({ name }) => name },
    { head: "Rules", numeric: true, cell: (_, index) => <Value from={["policy", "packs", index, "rules"]} as="count" /> },
    ...levels.map((level) => ({
      head: level,
      numeric: true,
      cell: (pack: Policy["packs"][number], index: number) =>
        level in pack.levels ? <Value from={["policy", "packs", index, "levels", level]} as="count" /> : <span class="muted">none</span>,
    })),
  ];
  return <Table caption="Packs and the levels of their rules" rows={policy.packs} columns={columns} />;
}
