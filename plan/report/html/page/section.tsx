import { type ComponentChildren } from "preact";

interface SectionProps {
  readonly id: string;
  readonly title: string;
  /** What the part says, in a sentence. */
  readonly lead?: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** A part of the page that the contents lead to. */
export function Section({ id, title, lead, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {lead !== undefined && <p class="lead">{lead}</p>}
      {children}
    </section>
  );
}

/** Says that a part has nothing to show, and why. */
export function Absent({ children }: { readonly children: ComponentChildren }) {
  return <p class="absent">{children}</p>;
}
