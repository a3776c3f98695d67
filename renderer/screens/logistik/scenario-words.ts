import type { TFunction } from "i18next";
import type { FacilityRow } from "../../../core/api/facilities.ts";
import type { ScenarioComparison } from "../../../core/api/scenarios.ts";
import type { WrittenInputs } from "../../../core/logistics/scenario.ts";
import { dayFromIso } from "../../../core/series/day.ts";
import type { Format } from "../../i18n/format.ts";
import { choiceWords } from "./model-words.ts";

type Compared = ScenarioComparison["scenarios"][number];
type Changed = Compared["changed"][number];

interface InputWords {
	readonly t: TFunction;
	readonly format: Format;
	readonly facilities: readonly FacilityRow[];
	readonly areaName: (code: string) => string;
}

/** One input of a scenario in words: "seperti dilaporkan". */
export function inputWords<Key extends keyof WrittenInputs>(
	key: Key,
	value: WrittenInputs[Key],
	{ t, format, facilities, areaName }: InputWords,
): string {
	const day = (text: string | null) =>
		text === null
			? t("scenarios.now")
			: format.day(dayFromIso(text) ?? Number.NaN);
	const days = (count: number) =>
		t("logistics.days", { days: format.number(count) });
	const list = (words: readonly string[]) =>
		words.length === 0 ? t("scenarios.nothing") : words.join(", ");
	const names = (codes: readonly string[]) =>
		list(
			codes.map(
				(code) => facilities.find((one) => one.code === code)?.name ?? code,
			),
		);
	// What stands under an input is of its own type: the hub and the form read both by one schema.
	const of = { [key]: value } as unknown as WrittenInputs;
	switch (key as keyof WrittenInputs) {
		case "area":
			return areaName(of.area);
		case "day":
			return day(of.day);
		case "asKnown":
			return day(of.asKnown);
		case "weeks":
			return t("logistics.weeks", { weeks: of.weeks });
		case "census":
			return choiceWords(of.census, { t, format });
		case "beds":
			return t(of.beds ? "scenarios.yes" : "scenarios.no");
		case "use":
			return t(`logistics.uses.${of.use}`);
		case "stratum":
			return t(`logistics.strata.${of.stratum}`);
		case "reuse":
			return t("logistics.reuses", { times: format.number(of.reuse) });
		case "warehousesLost":
			return names(of.warehousesLost);
		case "laboratoriesStopped":
			return names(of.laboratoriesStopped);
		case "shipmentsLateDays":
			return days(of.shipmentsLateDays);
		case "shipments":
			return list(
				of.shipments.map(
					({ item, units, arrives }) =>
						`${t(`scenarios.items.${item}`)} ${format.number(units)} (${day(arrives)})`,
				),
			);
	}
}

/** What one scenario assumes otherwise than another, in words: "pasien: seperti dilaporkan → pembaruan, kasus berlipat dua (9 hari)". */
export function changedWords(
	{ input, before, after }: Changed,
	words: InputWords,
): string {
	const { t } = words;
	const key = input as keyof WrittenInputs;
	const [one, other] = [before, after].map((text) =>
		inputWords(key, JSON.parse(text), words),
	) as [string, string];
	const name = t(`scenarios.inputs.${key}`);
	// The same way with other numbers, which are of the file alone.
	return one === other
		? `${name}: ${one} (${t("scenarios.otherNumbers")})`
		: `${name}: ${one} → ${other}`;
}

/**
 * Why a figure has no value: what it tells of does not come about within the weeks of the scenario, or without end. Null: it is not known.
 * Whether that is known stands in the figures beside it, of the same stocks and queues.
 */
export function withoutValue(
	rows: ScenarioComparison["rows"],
	{ key, item }: Pick<ScenarioComparison["rows"][number], "key" | "item">,
	at: number,
): "notGone" | "neverEnds" | null {
	const isKnown = (of: typeof key) => {
		const row = rows.find((one) => one.key === of && one.item === item);
		return (row?.values[at] ?? null) !== null;
	};
	if (isKnown(key)) return null;
	switch (key) {
		case "firstOut":
		case "lasts":
			return isKnown("runsOut") ? "notGone" : null;
		case "waitDays":
			return isKnown("waiting") && isKnown("able") ? "neverEnds" : null;
		default:
			return null;
	}
}

/** Whether a scenario lets shipments come later, and there are none. */
export function delaysNothing(
	changed: Compared["changed"],
	formulas: Compared["formulas"],
): boolean {
	const arriving = formulas.filter(({ key }) => key === "arriving");
	return (
		changed.some(({ input }) => input === "shipmentsLateDays") &&
		arriving.length > 0 &&
		arriving.every(({ inputs }) => inputs.every(({ value }) => value === 0))
	);
}

/** How a scenario that came in a file stands to it; of the same data another result is of another version of the program. */
export function fromFileWords(
	differs: NonNullable<Compared["differsFromFile"]>,
	t: TFunction,
): string {
	const [first, ...more] = differs;
	if (first === undefined) return t("scenarios.sameAsFile");
	if (first === "result" && more.length === 0)
		return t("scenarios.otherVersion");
	return t("scenarios.differs", {
		what: differs.map((one) => t(`scenarios.differsIn.${one}`)).join(", "),
	});
}
