import { OrderOf } from "../../../core/api/orders.ts";
import { useAnswer } from "../../state/answers.ts";

/** An order by its number and to whom it goes: fetched when somebody looks at it, since what an order is takes much to read. */
export default function OrderNamed({ order }: { order: string }) {
	const { data } = useAnswer(OrderOf, { order });
	return data ? `${data.order.number}, ${data.order.to.name}` : "";
}
