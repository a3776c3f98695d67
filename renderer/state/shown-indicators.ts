import { useMemo } from "react";
import { type Level, levelOf, parseAreaCode } from "../../core/areas/codes.ts";
import {
	COUNTED_INDICATORS,
	type IndicatorKey,
} from "../../core/series/indicator.ts";
import { useView } from "./view-state.ts";

/** The indicators that are stated of every level, in reading order. */
export const SHOWN_INDICATORS = [
	"confirmed",
	"active",
	"recovered",
	"deaths",
	"odp",
	"pdp",
	"suspek",
	"probable",
	"kontak-erat",
	"tests",
] as const satisfies readonly IndicatorKey[];

/** The indicators that may be chosen while areas of some levels are looked at: also those that are stated of one of these levels alone. */
export function indicatorsAt(
	levels: readonly Level[],
	chosen: IndicatorKey,
): IndicatorKey[] {
	const alone = COUNTED_INDICATORS.filter(
		({ key, only }) =>
			only !== undefined && (levels.includes(only) || key === chosen),
	);
	return [...SHOWN_INDICATORS, ...alone.map(({ key }) => key)];
}

/**
 * Those that may be chosen at this window: the level of the chosen area, that of the rows of a table, and that of a map.
 * @param districts whether a map shows kecamatan because somebody chose so
 */
export function useIndicators(districts = false): IndicatorKey[] {
	const chosen = useView(({ indicator }) => indicator);
	const code = useView(({ area }) => area);
	const rows = useView(({ own }) => own.rows);
	return useMemo(() => {
		const area = parseAreaCode(code);
		return indicatorsAt(
			[
				...(area === undefined ? [] : [levelOf(area)]),
				...(rows === "kecamatan" || districts ? (["district"] as const) : []),
				...(rows === "kelurahan" ? (["village"] as const) : []),
			],
			chosen,
		);
	}, [chosen, code, rows, districts]);
}
