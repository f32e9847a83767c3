import { useEffect, useRef } from "preact/hooks";
import { type ReportData } from "../report-data";
import { Value } from "../value";
import { CurveChart } from "./curve";
import { type Neighbour, neighboursOf } from "./neighbours";

interface DetailsProps {
  readonly data: ReportData;
  readonly id: string;
  readonly choose: (id: string) => void;
  readonly close: () => void;
}

/** What there is to say of one node. */
export function Details({ data, id, choose, close }: DetailsProps) {
  const panel = useRef<HTMLElement>(null);
  const { picture } = data;
  const index = picture.nodes.findIndex((node) => node.id === id);
  const node = picture.nodes[index];
  useEffect(() => {
    panel.current?.scrollTo({ top: 0 });
  }, [id]);
  if (node === undefined) return null;
  const { to, from } = neighboursOf(picture.edges, id);
  const at = (key: string) => ["picture", "nodes", index, key] as const;
  return (
    <aside class="details" ref={panel} aria-label={`About ${node.name}`} tabIndex={0}>
      <div class="details-head">
        <h3>{node.name}</h3>
        <button type="button" class="controls" onClick={close}>
          Close
        </button>
      </div>
      <dl class="facts">
        <dt>Is</dt>
        <dd>{node.what}</dd>
        {node.zones.length > 0 && (
          <>
            <dt>Zones</dt>
            <dd>
              <Value from={at("zones")} as="ports" />
            </dd>
          </>
        )}
        {node.ports.length > 0 && (
          <>
            <dt>Reached on</dt>
            <dd>
              <Value from={at("ports")} as="ports" />
            </dd>
          </>
        )}
        {node.outbound.length > 0 && (
          <>
            <dt>Gets out on</dt>
            <dd>
              <Value from={at("outbound")} as="ports" />
            </dd>
          </>
        )}
      </dl>
      <ServiceFacts data={data} name={node.kind === "service" ? node.name : undefined} />
      <Neighbourhood title="Reaches" all={to} data={data} choose={choose} />
      <Neighbourhood title="Reached by" all={from} data={data} choose={choose} />
    </aside>
  );
}

function ServiceFacts({ data, name }: { readonly data: ReportData; readonly name: string | undefined }) {
  const index = data.services.findIndex((service) => service.name === name);
  const service = data.services[index];
  if (service === undefined) return null;
  return (
    <>
      <p>{service.reason}</p>
      {service.waitingFor && <p class="tag warn">waiting for {service.waitingFor.join(", ")}</p>}
      {service.cost && (
        <p>
          <b>
            <Value from={["services", index, "cost", "monthlyUsd"]} as="usd" />
          </b>{" "}
          a month, <Value from={["services", index, "cost", "ownUsd"]} as="usd" /> of it for itself alone
        </p>
      )}
      {service.placement && <CurveChart placement={service.placement} chosen={service.target} name={service.name} index={index} />}
    </>
  );
}

interface NeighbourhoodProps {
  readonly title: string;
  readonly all: readonly Neighbour[];
  readonly data: ReportData;
  readonly choose: (id: string) => void;
}

function Neighbourhood({ title, all, data, choose }: NeighbourhoodProps) {
  const names = new Map(data.picture.nodes.map(({ id, name, what }) => [id, { name, what }]));
  return (
    <>
      <h4>{title}</h4>
      {all.length === 0 ? (
        <p class="muted">nothing in the picture</p>
      ) : (
        <ul class="neighbours">
          {all.map(({ id, index, edge }) => (
            <li key={id}>
              <button type="button" class="link" onClick={() => choose(id)}>
                {names.get(id)?.name ?? id}
              </button>{" "}
              <span class="muted">
                {names.get(id)?.what}
                {edge.ports.length > 0 && (
                  <>
                    {" "}
                    on <Value from={["picture", "edges", index, "ports"]} as="ports" />
                  </>
                )}
                {edge.access && `, ${edge.access.join(", ")}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
