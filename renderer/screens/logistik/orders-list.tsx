import { TextInput } from "@mantine/core";
import { Check, Inbox, Lock, Send, Undo2, X } from "lucide-react";
import { useState } from "react";
import { mayApproveFrom } from "../../../core/access/dispatch.ts";
import type { StagedEntry } from "../../../core/api/decided.ts";
import { Facilities } from "../../../core/api/facilities.ts";
import { Items } from "../../../core/api/items.ts";
import {
	ApproveOrder,
	CancelOrder,
	CloseOrder,
	MOST_ORDERS,
	type OrderLot,
	type OrderRow,
	Orders,
	ReceiveOrder,
	SendOrder,
	TakeBackOrderStep,
} from "../../../core/api/orders.ts";
import { type AreaCode, NATION } from "../../../core/areas/codes.ts";
import type { Day } from "../../../core/series/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import {
	type DecisionWords,
	useDecisionWords,
} from "../../parts/decision/decision-words.tsx";
import { FormBox } from "../../parts/decision/form-box.tsx";
import { ReasonForm } from "../../parts/decision/reason-form.tsx";
import { AmountInput } from "../../parts/ui/amount-input.tsx";
import { DayInput, typedDay } from "../../parts/ui/day-input.tsx";
import numbers from "../../parts/ui/number-button.module.css";
import { PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { Waiting } from "../../parts/ui/pending-value.tsx";
import { useAnswer, useCommand } from "../../state/answers.ts";
import { type DraftForm, leave, useDraftForm } from "../../state/drafts.ts";
import { useOutbox } from "../../state/outbox.ts";
import { useMay, useSession } from "../../state/session.ts";
import { OrderPapers } from "./order-papers-menu.tsx";
import { ordersHere } from "./orders-here.ts";
import styles from "./plan.module.css";
import { useItemName } from "./use-item-name.ts";

/** Orders as of a day: what each stands at, its steps and its papers. */
export function OrdersList({ day: asked }: { day: Day }) {
	const { t, format } = useLanguage();
	const { data, error, refetch, isFetching, isPlaceholderData } = useAnswer(
		Orders,
		{ day: asked },
		{ keepLast: true },
	);
	// The orders of one day are never told, and acted on, as those of another: until the new ones are there, all is of the day of these.
	const [day, setDay] = useState(asked);
	if (!isPlaceholderData && day !== asked) setDay(asked);
	const items = useAnswer(Items, { item: null });
	const nameOf = useItemName();
	const names = new Map(items.data?.map((one) => [one.id, one]));
	const [open, setOpen] = useState<string | null>(null);
	const { waiting, written, refused } = ordersHere(
		useOutbox(),
		isFetching ? day : null,
	);
	const words = useDecisionWords();
	const facilities = useAnswer(
		Facilities,
		{ kind: "warehouse" },
		{ enabled: written.size > 0 },
	);
	if (!data)
		return error ? (
			<PanelFailure error={error} again={refetch} />
		) : (
			<PanelNotice>{t("app.loading")}</PanelNotice>
		);
	const known = new Set(data.map(({ id }) => id));
	/** Written here, and not in the answer yet. */
	const unheard = [...written.values()].filter(({ id }) => !known.has(id));
	if (data.length === 0 && unheard.length === 0)
		return (
			<PanelNotice>
				{t("plan.orders.none", { day: format.day(day) })}
			</PanelNotice>
		);
	const placeOf = (code: string) =>
		facilities.data?.find((one) => one.code === code)?.name ?? code;
	const withUnit = (item: string) =>
		[nameOf(item), unitOf(item)].filter((part) => part !== "").join(", ");
	const unitOf = (item: string) => {
		const about = names.get(item);
		return about
			? t(`logistics.catalogueUnit.${about.unit as "Each"}`)
			: items.data
				? t("logistics.unknown")
				: "";
	};
	return (
		<>
			<ApproveAll
				orders={data.filter(({ id }) => !waiting.has(id))}
				day={day}
			/>
			<div className={styles.scroll}>
				<table data-testid="orders">
					<thead>
						<tr>
							<th scope="col">{t("plan.orders.number")}</th>
							<th scope="col">{t("plan.orders.way")}</th>
							<th scope="col">{t("plan.orders.content")}</th>
							<th scope="col">
								{t("plan.orders.state")}
								<small data-testid="orders-day">{format.day(day)}</small>
							</th>
						</tr>
					</thead>
					<tbody>
						{unheard.map((order) => (
							<tr key={order.id} data-testid="order-unheard">
								<td>{t("plan.orders.noNumber")}</td>
								<td>
									{placeOf(order.from)} → {placeOf(order.to)}
									<small>
										{t(`plan.carriage.${order.carriage}`)},{" "}
										{t(`plan.handover.${order.handover}`)}
									</small>
								</td>
								<td>
									{order.lines.map(({ item, units }) => (
										<div key={item}>
											{t("plan.orders.line", {
												item: nameOf(item),
												ordered: format.number(units),
												unit: unitOf(item),
											})}
										</div>
									))}
								</td>
								<td>
									<b>{t("decision.order.status.draft")}</b>
									<Waits entries={waiting.get(order.id)} id={order.id} />
								</td>
							</tr>
						))}
						{data.map((order) => (
							<tr
								key={order.id}
								data-testid="order"
								data-status={order.status}
								data-number={order.number}
							>
								<td>
									<button
										type="button"
										className={numbers.button}
										aria-expanded={open === order.id}
										onClick={() =>
											leave(() => setOpen(open === order.id ? null : order.id))
										}
									>
										{order.number}
									</button>
									<small>
										{order.authors.map(({ display }) => display).join(", ")}
									</small>
								</td>
								<td>
									{order.from.name} → {order.to.name}
									<small>
										{t(`plan.carriage.${order.carriage}`)},{" "}
										{t(`plan.handover.${order.handover}`)}
									</small>
								</td>
								<td>
									{open !== order.id && order.lines.length > 1
										? t("plan.orders.several", {
												count: order.lines.length,
											})
										: order.lines.map((line) => (
												<div key={line.item}>
													{line.sent === 0
														? t("plan.orders.line", {
																item: nameOf(line.item),
																ordered: format.number(line.ordered),
																unit: unitOf(line.item),
															})
														: t("plan.orders.moved", {
																item: nameOf(line.item),
																sent: format.number(line.sent),
																received: format.number(line.received),
																ordered: format.number(line.ordered),
																unit: unitOf(line.item),
															})}
													{line.missing > 0 &&
														` · ${t("plan.orders.missing", { count: line.missing })}`}
												</div>
											))}
								</td>
								<td>
									<b>
										{order.status === "approved" && order.handover === "fetched"
											? t("plan.orders.allocated")
											: t(`decision.order.status.${order.status}`)}
									</b>
									{order.due !== null && (
										<small>
											{t("plan.orders.due", { day: format.day(order.due) })}
										</small>
									)}
									<Refusal entry={refused.get(order.id)} words={words} />
									{waiting.has(order.id) ? (
										<Waits entries={waiting.get(order.id)} id={order.number} />
									) : (
										open === order.id && (
											<OrderActs order={order} day={day} nameOf={withUnit} />
										)
									)}
									{open === order.id && (
										<OrderPapers order={order} items={names} />
									)}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
		</>
	);
}

/** The steps of an order that wait for the hub, in their order. */
function Waits({
	entries = [],
	id,
}: {
	entries: readonly StagedEntry[] | undefined;
	id: string;
}) {
	const { t } = useLanguage();
	const words = useDecisionWords();
	return (
		<Waiting testId={`order-pending-${id}`}>
			{entries.map(({ name }) => words.command(name)).join(" → ")}:{" "}
			{t(
				entries.some(({ problem }) => problem === "sign-in")
					? "plan.orders.waitingPerson"
					: "plan.orders.waiting",
			)}
		</Waiting>
	);
}

/** Why the hub did not carry out the last step that was ordered here: who was before, when and why. */
function Refusal({
	entry,
	words,
}: {
	entry: StagedEntry | undefined;
	words: DecisionWords;
}) {
	if (!entry?.refusal) return null;
	return (
		<small role="alert" data-testid="order-refused">
			{words.command(entry.name)}: {words.refusal(entry.refusal)}
		</small>
	);
}

/** Where an order leaves from, as far as it decides who may. */
function areaOf(order: OrderRow): AreaCode {
	return (order.province ?? NATION) as AreaCode;
}

/** Approves everything that others wrote and that is for this person to approve. */
function ApproveAll({
	orders,
	day,
}: {
	orders: readonly OrderRow[];
	day: Day;
}) {
	const { t } = useLanguage();
	const may = useMay(ApproveOrder);
	const { data: session } = useSession();
	const form = useDraftForm();
	const approve = useCommand(ApproveOrder);
	const person = session?.person;
	if (!may || !person) return null;
	const open = orders.filter(
		(order) =>
			order.status === "draft" &&
			mayApproveFrom(person, areaOf(order)) &&
			!order.authors.some((one) => one.person === person.name),
	);
	if (open.length === 0) return null;
	return (
		<div className={styles.tools}>
			<FormBox
				form={form}
				icon={Check}
				label={t("plan.orders.approveAll", { count: open.length })}
				testId="orders-approve"
			>
				<ReasonForm
					does={t("plan.orders.approve")}
					testId="orders-approve-form"
					form={form}
					order={async (reason) => {
						for (let at = 0; at < open.length; at += MOST_ORDERS) {
							const some = open.slice(at, at + MOST_ORDERS);
							await approve.mutateAsync({
								day: Math.max(day, ...some.map(({ changedOn }) => changedOn)),
								orders: some.map(({ id, steps }) => ({ id, seen: steps })),
								reason,
							});
						}
					}}
				>
					<ul>
						{open.slice(0, 10).map((order) => (
							<li key={order.id}>
								{order.number}: {order.to.name}
							</li>
						))}
						{open.length > 10 && <li>…</li>}
					</ul>
				</ReasonForm>
			</FormBox>
		</div>
	);
}

const ICONS = {
	approve: Check,
	send: Send,
	receive: Inbox,
	close: Lock,
	cancel: X,
	"take-back": Undo2,
} as const;
type Act = keyof typeof ICONS;

/** The steps that may follow, for whoever may take them. */
function OrderActs({
	order,
	day,
	nameOf,
}: {
	order: OrderRow;
	day: Day;
	/** An item with the unit in which it is counted. */
	nameOf: (item: string) => string;
}) {
	const { t } = useLanguage();
	const { data: session } = useSession();
	const planner = useMay(SendOrder);
	const approver = useMay(ApproveOrder);
	const person = session?.person;
	if (!person) return null;
	const gives = order.tier === "centre" ? person.scope === NATION : true;
	const own = order.authors.some((one) => one.person === person.name);
	const acts = (Object.keys(ICONS) as Act[]).filter((act) => {
		if (!order.next.includes(act)) return false;
		switch (act) {
			case "approve":
				return approver && !own && mayApproveFrom(person, areaOf(order));
			case "receive":
				return planner;
			case "take-back":
				return approver;
			default:
				return planner && gives;
		}
	});
	return (
		<div className={styles.step}>
			{own && order.status === "draft" && <small>{t("plan.orders.own")}</small>}
			{acts.map((act) => (
				<OrderAct key={act} act={act} order={order} day={day} nameOf={nameOf} />
			))}
		</div>
	);
}

function OrderAct({
	act,
	order,
	day,
	nameOf,
}: {
	act: Act;
	order: OrderRow;
	day: Day;
	nameOf: (item: string) => string;
}) {
	const { t } = useLanguage();
	const form = useDraftForm();
	return (
		<FormBox
			form={form}
			icon={ICONS[act]}
			label={t(`plan.orders.${act}`)}
			testId={`order-${act}`}
			position="bottom-end"
			width="34rem"
		>
			<ActForm act={act} order={order} day={day} form={form} nameOf={nameOf} />
		</FormBox>
	);
}

/** Days after which a dispatch is expected unless somebody says otherwise. */
const DUE_AFTER = 3;

/** A lot as it is written in a form; until when it is good as it is typed: what is no day is not sent as none. */
interface WrittenLot extends OrderLot {
	row: number;
	expiry: string;
}

function ActForm({
	act,
	order,
	day: shownDay,
	form,
	nameOf,
}: {
	act: Act;
	order: OrderRow;
	day: Day;
	form: DraftForm;
	nameOf: (item: string) => string;
}) {
	const { t, format } = useLanguage();
	const day = Math.max(shownDay, order.changedOn);
	const [first] = useState<WrittenLot[]>(() =>
		order.lines
			.flatMap((line): OrderLot[] =>
				act === "send"
					? line.waiting > 0
						? [{ item: line.item, lot: "", expires: null, units: line.waiting }]
						: []
					: line.lots
							.filter(({ inTransit }) => inTransit > 0)
							.map(({ lot, expires, inTransit }) => ({
								...{ item: line.item, lot, expires, units: inTransit },
							})),
			)
			.map((lot, row) => ({ ...lot, row, expiry: "" })),
	);
	const [lots, setLots] = useState(first);
	const [expectedOn] = useState(format.day(day + DUE_AFTER));
	const [due, setDue] = useState(expectedOn);
	const approve = useCommand(ApproveOrder);
	const send = useCommand(SendOrder);
	const receive = useCommand(ReceiveOrder);
	const close = useCommand(CloseOrder);
	const cancel = useCommand(CancelOrder);
	const back = useCommand(TakeBackOrderStep);
	const { id, steps: seen } = order;
	const moved = lots
		.filter(({ units }) => units > 0)
		.map(({ row: _, expiry: __, ...lot }) => lot);
	/** Of one item all lots together come from what waits. */
	const isTooMuch = ({ item }: OrderLot) =>
		act === "send" &&
		moved.reduce((sum, one) => sum + (one.item === item ? one.units : 0), 0) >
			(order.lines.find((line) => line.item === item)?.waiting ?? 0);
	const orders = [{ id, seen }];
	const carryOut = async (reason: string) => {
		switch (act) {
			case "approve":
				return approve.mutateAsync({ day, orders, reason });
			case "cancel":
				return cancel.mutateAsync({ day, orders, reason });
			case "send":
				return send.mutateAsync({
					...{ day, order: id, seen, lots: moved, reason },
					due: typedDay(due) ?? null,
				});
			case "receive":
				return receive.mutateAsync({
					day,
					order: id,
					seen,
					lots: moved,
					reason,
				});
			case "close":
				return close.mutateAsync({ day, order: id, seen, reason });
			case "take-back":
				return back.mutateAsync({ day, order: id, seen, reason });
		}
	};
	const change = (row: number, part: Partial<WrittenLot>) =>
		setLots(lots.map((lot) => (lot.row === row ? { ...lot, ...part } : lot)));
	const addLot = ({ item }: OrderLot) => {
		const after = lots.findLastIndex((lot) => lot.item === item) + 1;
		const empty = { item, lot: "", expires: null, units: 0 };
		setLots(
			lots.toSpliced(after, 0, { ...empty, row: lots.length, expiry: "" }),
		);
	};
	const moves = act === "send" || act === "receive";
	const daysAreRead = [due, ...lots.map(({ expiry }) => expiry)].every(
		(text) => typedDay(text) !== undefined,
	);
	return (
		<ReasonForm
			does={t(`plan.orders.${act}`)}
			testId={`order-${act}-form`}
			form={form}
			ready={
				!moves || (moved.length > 0 && daysAreRead && !lots.some(isTooMuch))
			}
			begun={lots !== first || due !== expectedOn}
			order={carryOut}
		>
			<p>
				<b>{order.number}</b>: {order.from.name} → {order.to.name}
			</p>
			{moves && (
				<table>
					<thead>
						<tr>
							<th>{t("plan.item")}</th>
							<th>{t("plan.orders.lot")}</th>
							<th>{t("plan.orders.expires")}</th>
							<th>{t("plan.orders.units")}</th>
						</tr>
					</thead>
					<tbody>
						{lots.map((lot) => (
							<tr key={lot.row}>
								<td>
									{nameOf(lot.item)}
									{act === "send" && (
										<button
											type="button"
											className={numbers.button}
											data-testid={`order-more-${lot.item}`}
											onClick={() => addLot(lot)}
										>
											{t("plan.orders.anotherLot")}
										</button>
									)}
								</td>
								<td>
									{act === "send" ? (
										<TextInput
											size="xs"
											aria-label={`${t("plan.orders.lot")}: ${nameOf(lot.item)}`}
											value={lot.lot}
											maxLength={60}
											data-testid={`order-lot-${lot.item}`}
											onChange={(event) =>
												change(lot.row, { lot: event.currentTarget.value })
											}
										/>
									) : (
										lot.lot || "–"
									)}
								</td>
								<td>
									{act === "send" ? (
										<DayInput
											size="xs"
											aria-label={`${t("plan.orders.expires")}: ${nameOf(lot.item)}`}
											data-testid={`order-expires-${lot.item}`}
											text={lot.expiry}
											change={(expiry) =>
												change(lot.row, {
													expiry,
													expires: typedDay(expiry) ?? null,
												})
											}
										/>
									) : lot.expires === null ? (
										"–"
									) : (
										format.day(lot.expires)
									)}
								</td>
								<td>
									<AmountInput
										size="xs"
										min={0}
										allowDecimal={false}
										aria-label={`${t("plan.orders.units")}: ${nameOf(lot.item)}`}
										value={lot.units}
										error={
											isTooMuch(lot)
												? t("plan.orders.tooMuch", {
														most: format.number(
															order.lines.find(({ item }) => item === lot.item)
																?.waiting ?? 0,
														),
													})
												: undefined
										}
										onChange={(units) =>
											change(lot.row, { units: Number(units) })
										}
									/>
								</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
			{act === "send" && (
				<DayInput
					size="xs"
					label={t("plan.orders.arrives")}
					data-testid="order-due"
					text={due}
					change={setDue}
				/>
			)}
		</ReasonForm>
	);
}
