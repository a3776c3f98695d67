import type { AreaRow } from "../../../core/api/areas.ts";
import type { Origin } from "../../../core/api/figures.ts";
import { type Day, isoFromDay } from "../../../core/series/day.ts";
import type { StoredKey } from "../../../core/series/indicator.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useConnection } from "../../state/connection.ts";
import { type CsvCell, type ExportEnding, exportName } from "./csv.ts";
import { useSourceChangeText } from "./source-change.ts";

/**
 * What every exported file says of itself. In its name, and in columns of their own on every row rather than in lines above the head: R,
 * pandas and a spreadsheet read the file without being told anything, and a row that is copied elsewhere still says what it is.
 */
export function useExport(of: {
	/** What of the screen: "situasi", "tren". */
	part: string;
	/** The area that the file is of. */
	area: AreaRow;
	indicator: StoredKey | "stock" | "beds";
	day: Day;
	asKnown: Day | null;
}) {
	const { t } = useLanguage();
	const { originName } = useSourceChangeText();
	const dataset = useConnection((connection) => connection.state?.dataset);
	const known =
		of.asKnown !== null
			? isoFromDay(of.asKnown)
			: dataset
				? new Date(dataset.committedAt).toISOString()
				: null;
	return {
		/** ISO day or time up to which anything was known. */
		known,
		exercise: dataset?.exercise ? dataset.label : null,
		/** @param days what it is of, where that is not the one day */
		name: (ending: ExportEnding, days = isoFromDay(of.day)) =>
			exportName(
				{
					exercise: dataset?.exercise ?? false,
					part: of.part,
					area: of.area.code,
					indicator: of.indicator,
					day: days,
					asKnown: of.asKnown === null ? null : isoFromDay(of.asKnown),
				},
				ending,
			),
		heads: [
			t("export.day"),
			t("export.indicator"),
			t("export.known"),
			t("export.source"),
			...(dataset?.exercise ? [t("export.exercise")] : []),
		],
		/** The cells of a row under `heads`. */
		row: (day: Day, origin: Origin | null): CsvCell[] => [
			{ value: isoFromDay(day), kind: "text" },
			{ value: of.indicator, kind: "text" },
			{ value: known, kind: "text" },
			{ value: origin && originName(origin), kind: "text" },
			...(dataset?.exercise
				? [{ value: dataset.label, kind: "text" } as const]
				: []),
		],
	};
}
