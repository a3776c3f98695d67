import { useMemo } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { MobilityOf } from "../../../core/api/mobility.ts";
import { hexagonsOver } from "../../../core/areas/hexagons.ts";
import type { Day } from "../../../core/series/day.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { periodFromText } from "../../../core/series/period.ts";
import type { Scale } from "../../../core/statistics/scale.ts";
import type { Link } from "../../parts/map/arc-marks.ts";
import type { Cell } from "../../parts/map/hexagon-marks.ts";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useCells } from "../../state/cells.ts";
import type { Spread } from "../../state/spread.ts";

/** What came of a question, or why nothing did. */
export interface Got<T> {
	readonly data: T | null;
	readonly failure: string | null;
	readonly retry: () => void;
}

/** Of what the map shows: marks are of the same indicator, period, level and publication. */
export interface OfTheMap {
	readonly spread: Spread | null;
	readonly areas: AreaIndex;
	readonly compared: readonly AreaRow[];
	readonly asKnown: Day | null;
}

/** The cells over the areas that are looked at: wide ones over the country. */
export function useHexagons(
	{ spread, areas, compared, asKnown }: OfTheMap,
	scale: Scale,
	wanted: boolean,
) {
	const header = spread?.cube.header;
	const level = header?.level === "province" ? "province" : "regency";
	const isCountry =
		compared.length ===
		areas.at(level).filter((area) => !area.unknownPlace).length;
	const width = isCountry ? "120" : "24";
	const { data, error, refetch } = useCells(
		{
			indicator: (header?.indicator ?? "confirmed") as IndicatorKey,
			level,
			period: periodFromText(header?.period ?? "all") ?? { kind: "all" },
			rate: header?.rate ?? false,
			scale,
			width,
			as_known: asKnown,
		},
		wanted && header !== undefined,
	);
	const cells = useMemo((): Cell[] => {
		const looked = new Set(compared.map(({ id }) => id));
		return hexagonsOver(
			areas.at(level).filter(({ unknownPlace }) => !unknownPlace),
			Number(width),
		)
			.map((cell, row) => ({ ...cell, row }))
			.filter(({ areas: inside }) => inside.some(({ id }) => looked.has(id)));
	}, [areas, level, width, compared]);
	const matches =
		data !== undefined &&
		header !== undefined &&
		data.header.seq === header.seq &&
		data.header.indicator === header.indicator &&
		data.header.level === header.level &&
		data.header.period === header.period &&
		data.header.rate === header.rate &&
		data.header.width === width;
	return {
		data: wanted && matches ? data : null,
		cells,
		width,
		failure: error?.message ?? null,
		retry: () => void refetch(),
	};
}

/** The pairs of areas that simulated mobility joins, of which one at least is looked at. */
export function useLinks(
	{ spread, areas, compared }: OfTheMap,
	wanted: boolean,
): Got<{ links: readonly Link[]; most: number }> {
	const level =
		spread?.cube.header.level === "province" ? "province" : "regency";
	const { data, error, refetch } = useAnswer(
		MobilityOf,
		{ level },
		{ enabled: wanted },
	);
	const links = useMemo(() => {
		if (!wanted || data?.level !== level) return null;
		const looked = new Set(compared.map(({ id }) => id));
		const links = data.pairs.flatMap(({ a, b, share }): Link[] => {
			const [one, other] = [areas.byId(a), areas.byId(b)];
			if (!one || !other || !(looked.has(a) || looked.has(b))) return [];
			return [
				{ a: one, b: other, rows: [areas.row(one), areas.row(other)], share },
			];
		});
		return { links, most: links[0]?.share ?? 0 };
	}, [wanted, data, level, compared, areas]);
	return {
		data: links,
		failure: error?.message ?? null,
		retry: () => void refetch(),
	};
}
