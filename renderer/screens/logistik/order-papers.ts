import type { TFunction } from "i18next";
import type { OrderRow, OrderStepRow } from "../../../core/api/orders.ts";
import type { Format } from "../../i18n/format.ts";

/** The papers of the trade: the order to issue, the proof of issue, the minutes of handover. */
export const PAPERS = ["SPPB", "SBBK", "BAST"] as const;
export type PaperKind = (typeof PAPERS)[number];

export type PaperCell = string | number | null;

/** A paper as it is printed and as a workbook holds it. */
export interface Paper {
	readonly kind: PaperKind;
	/** "SBBK/GUDANG-ID/2020/0007": the kind and the number of the order. */
	readonly number: string;
	readonly title: string;
	/** Said above all, where the data is of an exercise. */
	readonly exercise: string | null;
	readonly about: readonly (readonly [label: string, value: string])[];
	readonly note: string | null;
	readonly heads: readonly string[];
	readonly rows: readonly (readonly PaperCell[])[];
	readonly signatures: readonly (readonly [role: string, name: string])[];
}

/** A paper that an order has: of what was ordered, of what left at once, of what arrived at once or will not any more. */
export interface OrderPaper {
	readonly kind: PaperKind;
	/** "SBBK-2": the second that this order had. The number of one whose step was taken back is given to no other. */
	readonly name: string;
	readonly number: string;
	/** The step that it states. */
	readonly step: OrderStepRow;
}

const STATED_BY: Readonly<Partial<Record<OrderStepRow["kind"], PaperKind>>> = {
	approve: "SPPB",
	send: "SBBK",
	receive: "BAST",
	close: "BAST",
};

/** The papers that an order has by now, in the order in which they came to be: there is no proof of what was not issued. */
export function papersOf(
	order: OrderRow,
	steps: readonly OrderStepRow[],
): OrderPaper[] {
	const counts = new Map<PaperKind, number>();
	return steps.flatMap((step) => {
		const kind = STATED_BY[step.kind];
		// Of an order that is closed with nothing missing the receipts say it all.
		if (!kind || (step.kind === "close" && missingIn(step).length === 0))
			return [];
		const count = (counts.get(kind) ?? 0) + 1;
		counts.set(kind, count);
		if (!step.holds) return [];
		// The order to issue is one, unless it was approved anew.
		const end = kind === "SPPB" && count === 1 ? "" : `-${count}`;
		return [
			{
				kind,
				name: `${kind}${end}`,
				number: `${kind}/${order.number}${end}`,
				step,
			},
		];
	});
}

/** The lots of which a step says that some did not arrive. */
function missingIn({ after }: OrderStepRow) {
	return after.flatMap(({ item, lots }) =>
		lots
			.filter(({ missing }) => missing > 0)
			.map((state) => ({ item, ...state })),
	);
}

/** What a paper is made of besides the order. */
export interface PaperWords {
	t: TFunction;
	format: Format;
	/** Name and unit of an item. */
	item: (id: string) => { name: string; unit: string };
	/** The label of an exercise; null: it is none. */
	exercise: string | null;
}

/** Writes a paper of an order with its steps. */
export function paperOf(
	paper: OrderPaper,
	order: OrderRow,
	steps: readonly OrderStepRow[],
	{ t, format, item, exercise }: PaperWords,
): Paper {
	const { kind, number, step } = paper;
	const word = (key: string) => t(`plan.paper.${key as "no"}`);
	const before = papersOf(order, steps).filter(
		(one) => one.step.number < step.number,
	);
	const numbersOf = (of: PaperKind) =>
		before.filter((one) => one.kind === of).map((one) => one.number);
	const gave =
		steps.findLast(
			(one) => one.kind === "send" && one.holds && one.number < step.number,
		)?.display ?? "";
	// Whoever both sent and noted what arrived is not the other party: that one signs by hand.
	const took = step.kind === "receive" && step.display !== gave;
	const plan =
		order.plan === null
			? word("byHand")
			: `${word("plan")} ${order.plan.split(" ")[0]}`;
	return {
		kind,
		number,
		title: word(kind),
		exercise: exercise === null ? null : `${exercise} · ${word("exercise")}`,
		about: [
			[word("number"), number],
			[word("date"), format.day(step.day)],
			[word("from"), `${order.from.name} (${order.from.code})`],
			[word("to"), `${order.to.name} (${order.to.code})`],
			[
				word("basis"),
				kind === "SPPB"
					? plan
					: numbersOf(kind === "SBBK" ? "SPPB" : "SBBK").join(", "),
			],
			[word("approved"), order.approvedBy ?? "–"],
			[
				word("carriage"),
				`${t(`plan.carriage.${order.carriage}`)}, ${t(`plan.handover.${order.handover}`)}`,
			],
		],
		note:
			kind === "BAST"
				? word(step.kind === "close" ? "minutesOfMissing" : "minutes")
				: null,
		heads: columnsOf(paper).map(word),
		rows: rowsOf(paper, order, { t, format, item }),
		signatures:
			kind === "SPPB"
				? [
						[word("commands"), step.display],
						[word("keeper"), ""],
					]
				: kind === "SBBK"
					? [
							[word("hands"), step.display],
							[word("takes"), ""],
						]
					: [
							[word("first"), gave],
							[word("second"), took ? step.display : ""],
						],
	};
}

function columnsOf({ kind, step }: OrderPaper): string[] {
	const lots = ["no", "item", "unit", "lot", "expires"];
	if (kind === "SPPB") return ["no", "item", "unit", "ordered", "sent", "left"];
	if (kind === "SBBK") return [...lots, "sent"];
	return step.kind === "close"
		? [...lots, "sent", "received", "missing"]
		: [...lots, "receivedNow", "sent", "received", "transit"];
}

function rowsOf(
	{ kind, step }: OrderPaper,
	{ lines }: OrderRow,
	{ t, format, item }: Omit<PaperWords, "exercise">,
): PaperCell[][] {
	const rows: PaperCell[][] = [];
	const add = (of: string, ...cells: PaperCell[]) => {
		const { name, unit } = item(of);
		rows.push([rows.length + 1, name, unit, ...cells]);
	};
	if (kind === "SPPB") {
		for (const line of lines)
			add(line.item, line.ordered, line.sent, line.waiting + line.released);
		return rows;
	}
	const about = ({ lot, expires }: { lot: string; expires: number | null }) => [
		lot === "" ? t("plan.paper.noLot") : lot,
		expires === null ? "–" : format.day(expires),
	];
	if (step.kind === "close")
		for (const state of missingIn(step))
			add(
				state.item,
				...about(state),
				...[state.sent, state.received, state.missing],
			);
	else
		for (const moved of step.lots) {
			const state = step.after
				.find((line) => line.item === moved.item)
				?.lots.find(
					({ lot, expires }) => lot === moved.lot && expires === moved.expires,
				);
			add(
				moved.item,
				...about(moved),
				moved.units,
				...(kind === "BAST" && state
					? [state.sent, state.received, state.inTransit]
					: []),
			);
		}
	return rows;
}

/** Name of the file of a paper; LATIHAN first when the data is of an exercise. */
export function paperName(
	paper: Paper,
	ending: "xlsx" | "csv" | "pdf",
): string {
	return [
		...(paper.exercise === null ? [] : ["LATIHAN"]),
		paper.number.replaceAll("/", "-"),
	]
		.join("_")
		.concat(`.${ending}`);
}

/** The paper as the rows of a sheet: what it is, the table, and who signs. */
export function sheetOf(paper: Paper): PaperCell[][] {
	return [
		...(paper.exercise === null ? [] : [[paper.exercise]]),
		[paper.title],
		...paper.about.map(([label, value]) => [label, value]),
		...(paper.note === null ? [] : [[paper.note]]),
		[],
		[...paper.heads],
		...paper.rows.map((row) => [...row]),
		[],
		paper.signatures.flatMap(([role]) => [role, null, null]),
		[],
		paper.signatures.flatMap(([, name]) => [name || "…", null, null]),
	];
}
