import { isoFromDay } from "../../../core/series/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { CsvCell } from "../../parts/ui/csv.ts";
import { useExport } from "../../parts/ui/use-export.ts";
import {
	isOfArea,
	matrixRows,
	outDay,
	type ShownShortage,
} from "./matrix-rows.ts";

const text = (value: string | null): CsvCell => ({ value, kind: "text" });
const number = (value: number | null): CsvCell => ({ value, kind: "number" });
const day = (value: number | null): CsvCell =>
	text(value === null ? null : isoFromDay(value));

/** The shortage as a table of one line for each area or facility and item, with all that is known of it. */
export function useShortageTable(shown: ShownShortage) {
	const { t, language } = useLanguage();
	const { shortage, selected, areas, choice } = shown;
	const exported = useExport({
		part: "kekurangan",
		area: selected,
		indicator: "stock",
		day: shortage.day,
		asKnown: choice.asKnown,
	});
	const heads = [
		...(
			[
				"area",
				"areaName",
				"facility",
				"facilityName",
				"item",
				"unit",
				"state",
				"days",
				"stock",
				"countDay",
				"delivered",
				"left",
				"use",
				"useFrom",
				"reported",
				"modelled",
				"out",
				"early",
				"late",
				"need",
				"incoming",
				"expiring",
				"netNeed",
				"surplus",
				"told",
				"facilities",
				"below",
				"horizon",
			] as const
		).map((head) => t(`logistics.export.${head}`)),
		...exported.heads,
	];
	const rows = (): CsvCell[][] =>
		[
			{
				name: selected.name,
				area: selected,
				facility: null,
				cells: shortage.total,
			},
			...matrixRows(shown, (area) => t("logistics.own", { area: area.name })),
		].flatMap((row) =>
			row.cells.flatMap((cell, at): CsvCell[][] => {
				const item = shortage.items[at];
				if (!cell || !item) return [];
				const area = row.area ?? areas.byId(row.facility?.area ?? -1) ?? null;
				const ofArea = isOfArea(cell);
				return [
					[
						{ value: area?.code ?? null, kind: "code" },
						text(row.area ? row.name : (area?.name ?? null)),
						{ value: row.facility?.code ?? null, kind: "code" },
						text(row.facility?.name ?? null),
						text(item.name[language]),
						text(t(`logistics.unit.${item.unit as "piece"}`)),
						text(t(`logistics.state.${cell.supply}`)),
						number(cell.daysOfSupply),
						number(ofArea ? cell.stock : cell.onHand),
						day(ofArea ? null : cell.countDay),
						number(ofArea ? null : cell.delivered),
						number(cell.left),
						number(cell.use),
						text(
							ofArea || cell.useFrom === null
								? null
								: t(`logistics.uses.${cell.useFrom}`),
						),
						number(cell.reportedUse),
						number(cell.modelledUse),
						outDay(cell) === Number.POSITIVE_INFINITY
							? text(t("logistics.facility.notInSight"))
							: day(outDay(cell)),
						day(ofArea ? null : cell.stockOutEarly),
						!ofArea && cell.stockOutEarly !== null && cell.stockOutLate === null
							? text(t("logistics.facility.notInSight"))
							: day(ofArea ? null : cell.stockOutLate),
						number(cell.need),
						number(cell.incoming),
						number(cell.expiring),
						number(cell.netNeed),
						number(cell.surplus),
						number(ofArea ? cell.told : null),
						number(ofArea ? cell.facilities : null),
						number(ofArea ? cell.below : null),
						number(shortage.horizon),
						...exported.row(shortage.day, null),
					],
				];
			}),
		);
	return { name: exported.name, heads, rows };
}
