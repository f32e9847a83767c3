import { useState } from "preact/hooks";
import { type ReportData } from "../report-data";
import { CostSection } from "./cost-section";
import { DifferenceSection } from "./difference-section";
import { Header } from "./header";
import { KeepsSection } from "./keeps-section";
import { PictureSection } from "./picture-section";
import { PolicySection } from "./policy-section";
import { ReachSection } from "./reach-section";
import { ResourcesSection } from "./resources-section";
import { ScheduleSection } from "./schedule-section";
import { ServicesSection } from "./services-section";

/** The parts of a page, in their order. */
const SECTIONS = [
  { id: "difference", title: "Difference" },
  { id: "picture", title: "Picture" },
  { id: "services", title: "Services" },
  { id: "cost", title: "Cost" },
  { id: "schedule", title: "Schedule" },
  { id: "policies", title: "Policies" },
  { id: "reachability", title: "Reachability" },
  { id: "data", title: "Data" },
  { id: "resources", title: "Resources" },
] as const;

export function App({ data }: { readonly data: ReportData }) {
  const [chosen, choose] = useState<string | undefined>();
  return (
    <>
      <a class="skip" href="#main">
        Skip to the report
      </a>
      <Header data={data} />
      <nav class="contents" aria-label="Parts of the report">
        <ul>
          {SECTIONS.filter(({ id }) => id !== "difference" || data.difference !== undefined).map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      <main id="main">
        {data.difference && <DifferenceSection difference={data.difference} />}
        <PictureSection data={data} chosen={chosen} choose={choose} />
        <ServicesSection data={data} choose={choose} />
        <CostSection data={data} />
        <ScheduleSection data={data} />
        <PolicySection data={data} />
        <ReachSection data={data} />
        <KeepsSection data={data} />
        <ResourcesSection data={data} />
      </main>
      <footer>Planned offline by Strata on {data.day}; nothing was created. Costs are list prices, times are usual ones.</footer>
    </>
  );
}
