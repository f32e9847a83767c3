/** What became of an order, as the topic `orders.v1` says it. */
interface OrderChanged {
  readonly order: string;
  readonly email: string;
  readonly state: "placed" | "paid" | "shipped" | "cancelled";
}

/** A message to a customer. */
export interface Message {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

const SAYS: Readonly<Record<OrderChanged["state"], string>> = {
  placed: "We have your order and will tell you when it is on its way.",
  paid: "We have your payment. Thank you.",
  shipped: "Your order is on its way.",
  cancelled: "Your order was cancelled. You will not be charged.",
};

/**
 * The message for a record of the topic.
 * @throws {Error} for a record that is not one of the topic's.
 */
export function messageOf(record: string): Message {
  const value: unknown = JSON.parse(record);
  if (!isOrderChanged(value)) throw new Error("the record is not a change of an order with order, email and state");
  return { to: value.email, subject: `Order ${value.order}: ${value.state}`, text: SAYS[value.state] };
}

function isOrderChanged(value: unknown): value is OrderChanged {
  return (
    typeof value === "object" &&
    value !== null &&
    "order" in value &&
    typeof value.order === "string" &&
    "email" in value &&
    typeof value.email === "string" &&
    "state" in value &&
    typeof value.state === "string" &&
    Object.hasOwn(SAYS, value.state)
  );
}
