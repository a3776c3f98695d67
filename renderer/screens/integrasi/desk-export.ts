import { type Day, isoFromDay } from "../../../core/series/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { CsvCell, ExportEnding } from "../../parts/ui/csv.ts";
import { useConnection } from "../../state/connection.ts";

/** What every list that leaves the desk says of itself: its day, up to when anything was known, and whether it is an exercise. */
export function useDeskExport(day: Day) {
	const { t } = useLanguage();
	const dataset = useConnection(({ state }) => state?.dataset ?? null);
	const cells: CsvCell[] = [
		{ value: isoFromDay(day), kind: "text" },
		{
			value: dataset && new Date(dataset.committedAt).toISOString(),
			kind: "text",
		},
		...(dataset?.exercise
			? [{ value: dataset.label, kind: "text" } as const]
			: []),
	];
	return {
		name: (part: string) => (ending: ExportEnding) =>
			`${dataset?.exercise ? "LATIHAN_" : ""}blc-${part}_${isoFromDay(day)}.${ending}`,
		heads: [
			t("export.day"),
			t("export.known"),
			...(dataset?.exercise ? [t("export.exercise")] : []),
		],
		cells,
	};
}
