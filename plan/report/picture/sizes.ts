import { type Box, type PictureGroup, type PictureNode } from "./picture";

/** Sizes of what is drawn, in units of the picture: pixels at its own size. */
export const CARD_HEIGHT = 48;
export const SUBNET_HEIGHT = 22;
/** Fits a zone, a block of addresses and the mark of a NAT gateway. */
export const SUBNET_WIDTH = 256;
export const CHIP_HEIGHT = 22;
export const CHIP_WIDTH = 150;

/** Longest name that is shown whole. */
export const CARD_NAME = 28;
export const CHIP_NAME = 18;
const CARD_PORTS = 2;

const CHIP_GAP = 6;
/** What stands beside the text of a card: its mark on the left, its zones on the right. */
const CARD_SIDES = 38 + 22;
/** Height of the line of a frame's label; it grows with the picture, so that it can be read when all of it is shown. */
const HEAD_LEAST = 34;
const HEAD_GROWTH = 2.4;

export function headOf(nodes: number): number {
  return Math.max(HEAD_LEAST, Math.round(Math.sqrt(nodes) * HEAD_GROWTH));
}

/** Size of the letters of a label, as a share of its line, and their width as a share of their size. */
export const LABEL_SIZES = { region: 0.53, vpc: 0.53, tier: 0.44, place: 0.41 } as const;
const LABEL_LETTER = 0.62;

/** Width that the label of a frame takes. */
export function labelWidth({ kind, label, detail = "" }: PictureGroup, head: number): number {
  return Math.ceil((label.length + detail.length + 4) * head * LABEL_SIZES[kind] * LABEL_LETTER);
}

/** Widths of a letter of a name and of what stands below it, in the widest of the usual fonts. */
const NAME_LETTER = 9;
const WHAT_LETTER = 7.7;
const CARD_LEAST = 140;
/** A grid is wider than it is high, as screens are. */
const GRID_SHAPE = 0.32;

/** A name as it is shown: its end is left out when it is too long. */
export function shortened(name: string, most: number): string {
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}

/** Ports that a card shows; of more it says none. */
export function cardPorts({ ports }: Pick<PictureNode, "ports">): string {
  return ports.length > 0 && ports.length <= CARD_PORTS ? ports.join(", ") : "";
}

/** Width of a card that holds what is written on it. */
export function cardWidth(node: Pick<PictureNode, "name" | "what" | "ports">): number {
  const below = [node.what, cardPorts(node)].join(" :").length;
  const text = Math.max(shortened(node.name, CARD_NAME).length * NAME_LETTER, below * WHAT_LETTER);
  return Math.max(CARD_LEAST, Math.ceil(CARD_SIDES + text));
}

function columnsOf(count: number): number {
  return Math.max(1, Math.round(Math.sqrt(count * GRID_SHAPE)));
}

/** Size of a grid of small nodes. */
export function gridSize(members: readonly PictureNode[]): { readonly width: number; readonly height: number } {
  const columns = columnsOf(members.length);
  const rows = Math.ceil(members.length / columns);
  return { width: columns * (CHIP_WIDTH + CHIP_GAP) - CHIP_GAP, height: rows * (CHIP_HEIGHT + CHIP_GAP) - CHIP_GAP };
}

/** Places small nodes in a grid, by name, row by row. */
export function placeInGrid(members: readonly PictureNode[], { x, y }: Pick<Box, "x" | "y">): [PictureNode, Box][] {
  const columns = columnsOf(members.length);
  const sorted = [...members].sort((left, right) => left.name.localeCompare(right.name, "en", { numeric: true }));
  return sorted.map((node, index) => {
    const box = {
      x: x + (index % columns) * (CHIP_WIDTH + CHIP_GAP),
      y: y + Math.floor(index / columns) * (CHIP_HEIGHT + CHIP_GAP),
      width: CHIP_WIDTH,
      height: CHIP_HEIGHT,
    };
    return [node, box];
  });
}
