import { type NodeKind } from "../picture/picture";

/** Marks of kinds of nodes, as strokes in a square of 24: signs of what they do, none of a vendor's. */
export const ICONS: Readonly<Record<NodeKind, string>> = {
  internet: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM3 12h18M12 3c-6 5-6 13 0 18M12 3c6 5 6 13 0 18",
  entry: "M3 12h6M9 12c4 0 4-6 8-6h3M9 12c4 0 4 6 8 6h3M18 3l3 3l-3 3M18 15l3 3l-3 3",
  service: "M12 3l8 4.5v9L12 21l-8-4.5v-9zM12 12l8-4.5M12 12v9M12 12L4 7.5",
  database: "M5 6c0-4 14-4 14 0v12c0 4-14 4-14 0zM5 6c0 4 14 4 14 0M5 12c0 4 14 4 14 0",
  cache: "M13 3L5 14h6l-1 7l8-11h-6z",
  bus: "M3 8h18M3 16h18M7 8v-4M12 8v8M17 16v4M7 16v4M17 8v-4",
  warehouse: "M3 21h18M6 17v-5M11 17V5M16 17V9M20 17v-3",
  bucket: "M4 6c0-3.5 16-3.5 16 0l-2 13c0 2.5-12 2.5-12 0zM4 6c0 3.5 16 3.5 16 0",
  table: "M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14",
  queue: "M3 7h4v10H3zM10 7h4v10h-4zM17 7h4v10h-4z",
  secret: "M4 12a4 4 0 1 0 8 0a4 4 0 1 0-8 0M12 12h9M17 12v4M21 12v3",
  program: "M3 12h4l3-7l4 14l3-7h4",
};
