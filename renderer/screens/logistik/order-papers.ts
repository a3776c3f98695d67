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

/** Which papers an order has by now: there is no proof of what was not issued. */
export function papersOf(order: OrderRow): PaperKind[] {
	const some = (of: "sent" | "received") =>
		order.lines.some((line) => line[of] > 0);
	return [
		...(order.approvedBy === null ? [] : (["SPPB"] as const)),
		...(some("sent") ? (["SBBK"] as const) : []),
		...(some("received") ? (["BAST"] as const) : []),
	];
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
	kind: PaperKind,
	order: OrderRow,
	steps: readonly OrderStepRow[],
	{ t, format, item, exercise }: PaperWords,
): Paper {
	const last = (of: OrderStepRow["kind"]) =>
		steps.findLast((step) => step.kind === of && step.holds);
	const done = last(
		kind === "SPPB" ? "approve" : kind === "SBBK" ? "send" : "receive",
	);
	const word = (key: string) => t(`plan.paper.${key as "no"}`);
	const sender = last("send")?.display ?? "";
	// Whoever both sent and noted what arrived is not the other party: that one signs by hand.
	const noted = last("receive")?.display ?? "";
	const receiver = noted === sender ? "" : noted;
	return {
		kind,
		number: `${kind}/${order.number}`,
		title: word(kind),
		exercise: exercise === null ? null : `${exercise} · ${word("exercise")}`,
		about: [
			[word("number"), `${kind}/${order.number}`],
			[word("date"), done ? format.day(done.day) : "–"],
			[word("from"), `${order.from.name} (${order.from.code})`],
			[word("to"), `${order.to.name} (${order.to.code})`],
			[
				word("basis"),
				order.plan === null
					? word("byHand")
					: `${word("plan")} ${order.plan.split(" ")[0]}`,
			],
			[word("approved"), order.approvedBy ?? "–"],
			[
				word("carriage"),
				`${t(`plan.carriage.${order.carriage}`)}, ${t(`plan.handover.${order.handover}`)}`,
			],
		],
		note: kind === "BAST" ? word("minutes") : null,
		heads: headsOf(kind).map(word),
		rows: rowsOf(kind, order, { t, format, item }),
		signatures:
			kind === "SPPB"
				? [
						[word("commands"), order.approvedBy ?? ""],
						[word("keeper"), ""],
					]
				: kind === "SBBK"
					? [
							[word("hands"), sender],
							[word("takes"), ""],
						]
					: [
							[word("first"), sender],
							[word("second"), receiver],
						],
	};
}

function headsOf(kind: PaperKind): string[] {
	const lots = ["no", "item", "unit", "lot", "expires"];
	switch (kind) {
		case "SPPB":
			return ["no", "item", "unit", "ordered", "sent", "left"];
		case "SBBK":
			return [...lots, "sent"];
		case "BAST":
			return [...lots, "sent", "received", "transit", "missing"];
	}
}

function rowsOf(
	kind: PaperKind,
	{ lines }: OrderRow,
	{ t, format, item }: Omit<PaperWords, "exercise">,
): PaperCell[][] {
	const rows: PaperCell[][] = [];
	for (const line of lines) {
		const { name, unit } = item(line.item);
		const add = (...cells: PaperCell[]) =>
			rows.push([rows.length + 1, name, unit, ...cells]);
		if (kind === "SPPB")
			add(line.ordered, line.sent, line.waiting + line.released);
		else
			for (const lot of line.lots) {
				const about = [
					lot.lot === "" ? t("plan.paper.noLot") : lot.lot,
					lot.expires === null ? "–" : format.day(lot.expires),
				];
				if (kind === "SBBK") add(...about, lot.sent);
				else add(...about, lot.sent, lot.received, lot.inTransit, lot.missing);
			}
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
