import { type ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type ReportData } from "../report-data";
import { Value } from "../value";

const SCHEMES = ["system", "light", "dark"] as const;
type Scheme = (typeof SCHEMES)[number];

/** What an environment comes to, before everything else. */
export function Header({ data }: { readonly data: ReportData }) {
  const { environment, stack, region, decommissioning, cost, schedule, policy } = data;
  return (
    <header class="top">
      <div class="title">
        <h1>
          <span class="over">Plan of</span> {environment}
        </h1>
        <p class="muted">
          {stack} · {region}
        </p>
      </div>
      <SchemeSwitch />
      {decommissioning !== undefined && (
        <p class="alarm" role="note">
          {decommissioning}
        </p>
      )}
      <dl class="figures">
        <Figure name="Services">
          <Value from={["counts", "services"]} as="count" />
        </Figure>
        <Figure name="Resources">
          <Value from={["counts", "resources"]} as="count" />
        </Figure>
        <Figure name="Cost a month" note={cost.budget && <Budget over={cost.budget.over} />}>
          <Value from={["cost", "totals", "monthlyUsd"]} as="usd" />
        </Figure>
        <Figure name={`Time to ${schedule.action}`}>
          <Value from={["schedule", "minutes"]} as="minutes" />
        </Figure>
        <Figure name="Policies" note={policy.refusal}>
          <Verdict refusal={policy.refusal} />
        </Figure>
      </dl>
    </header>
  );
}

function Figure({
  name,
  note,
  children,
}: {
  readonly name: string;
  readonly note?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="figure">
      <dt>{name}</dt>
      <dd>
        <span class="amount">{children}</span>
        {note !== undefined && <span class="note">{note}</span>}
      </dd>
    </div>
  );
}

function Budget({ over }: { readonly over: boolean }) {
  return (
    <>
      {over ? "over" : "within"} the budget of <Value from={["cost", "budget", "monthlyUsd"]} as="usd" />
    </>
  );
}

/** Whether it may be deployed, said by a word and not by a colour alone. */
export function Verdict({ refusal }: { readonly refusal: string | undefined }) {
  return refusal === undefined ? <span class="tag good">may be deployed</span> : <span class="tag bad">may not be deployed</span>;
}

function SchemeSwitch() {
  const [scheme, setScheme] = useState<Scheme>("system");
  useEffect(() => {
    document.documentElement.dataset["scheme"] = scheme;
  }, [scheme]);
  return (
    <label class="scheme controls">
      Colours
      <select value={scheme} onChange={({ currentTarget }) => setScheme(currentTarget.value as Scheme)}>
        {SCHEMES.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}
