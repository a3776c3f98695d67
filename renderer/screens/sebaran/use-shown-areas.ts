import type { AreaRow } from "../../../core/api/areas.ts";
import type { Origin } from "../../../core/api/figures.ts";
import { TableOf } from "../../../core/api/figures.ts";
import type { Day } from "../../../core/series/day.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { marksIn } from "../../../core/series/mark.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { useExport } from "../../parts/ui/use-export.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { ask } from "../../state/ask.ts";
import { valueAt } from "../../state/cube.ts";
import type { Spread } from "../../state/spread.ts";
import type { ShownArea } from "./shown-areas.ts";

/** The areas that the map compares as a table: heads, and on asking the rows of a day, each with the source of its value. */
export function useShownAreas({
	areas,
	compared,
	spread,
	wordsOf,
	asKnown,
	exported,
}: {
	areas: AreaIndex;
	compared: readonly AreaRow[];
	spread: Pick<Spread, "cube"> | null;
	/** What the figure of a day is of, in words. */
	wordsOf: (day: Day) => string;
	asKnown: Day | null;
	exported: Pick<ReturnType<typeof useExport>, "heads" | "row">;
}) {
	const { t } = useLanguage();
	return {
		heads: [
			...exported.heads.slice(0, 4),
			t("table.code"),
			t("table.area"),
			t("mapExport.parent"),
			t("mapExport.value"),
			t("mapExport.unit"),
			t("mapExport.period"),
			t("mapExport.marks"),
			...exported.heads.slice(4),
		],
		async rowsOf(day: Day): Promise<ShownArea[]> {
			if (!spread) return [];
			const { cube } = spread;
			const { firstDay, days, rate, indicator } = cube.header;
			const origins = await originsOf(compared, {
				indicator: indicator as IndicatorKey,
				...{ day, asKnown },
			});
			const at = day - firstDay;
			return compared.map((area) => {
				const row = areas.row(area);
				const value = valueAt(cube, row, day);
				const marks =
					at >= 0 && at < days ? (cube.marks[row * days + at] ?? 0) : 0;
				const origin = origins.get(area.id) ?? null;
				const about = exported.row(day, origin);
				const text = (value: string | null) =>
					({ value, kind: "text" }) as const;
				return {
					area,
					value,
					origin,
					cells: [
						...about.slice(0, 4),
						{ value: area.code, kind: "code" },
						text(area.name),
						text(areas.byId(area.parent ?? -1)?.name ?? null),
						{ value, kind: "number" },
						text(rate ? t("spread.rate") : t("mapExport.unitCount")),
						text(wordsOf(day)),
						text(
							marksIn(marks)
								.map((key) => t(`markShort.${key}`))
								.join(", "),
						),
						...about.slice(4),
					],
				};
			});
		},
	};
}

/** Whose the values of areas are on a day; null where nobody told one. */
export async function originsOf(
	compared: readonly AreaRow[],
	{
		indicator,
		day,
		asKnown,
		signal,
	}: {
		indicator: IndicatorKey;
		day: Day;
		asKnown: Day | null;
		signal?: AbortSignal;
	},
): Promise<ReadonlyMap<number, Origin | null>> {
	// Of whom a value is does the backend say of the areas below one.
	const parents = new Set(compared.flatMap(({ parent }) => parent ?? []));
	const asked = new Set(compared.map(({ id }) => id));
	const tables = await Promise.all(
		[...parents].map((area) =>
			ask(TableOf, { indicator, area, day, as_known: asKnown }, signal),
		),
	);
	return new Map(
		tables
			.flatMap(({ rows }) => rows)
			.filter(({ area }) => asked.has(area))
			.map(({ area, origin }) => [area, origin]),
	);
}
