import { Switch } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type MapMarks, together } from "../../parts/map/map-marks.ts";
import {
	CircleSizes,
	ColumnSizes,
	MarkLegend,
	MarkLegends,
} from "../../parts/map/mark-legend.tsx";
import type { MapColours } from "../../parts/map/palettes.ts";
import { circles, columns, marked } from "../../parts/map/value-marks.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import type { Spread } from "../../state/spread.ts";
import type { SpreadSearch } from "./search.ts";

/** The marks that were asked for, of what the map is coloured by, and their legends. */
export function useMarks({
	search: { marks: kinds, flat = false },
	changeSearch,
	spread,
	areas,
	compared,
	ground,
	label,
}: {
	search: SpreadSearch;
	changeSearch: (part: Partial<SpreadSearch>) => void;
	spread: Spread | null;
	areas: AreaIndex;
	/** The areas that get a mark: those that are looked at. */
	compared: readonly AreaRow[];
	ground: MapColours;
	/** What the values are, in words. */
	label: string;
}): { marks: MapMarks | null; legends: ReactNode } {
	const { t } = useLanguage();
	const wantsCircles = kinds.includes("circles");
	const wantsColumns = kinds.includes("columns");
	const cube = spread?.cube;
	const wantsValues = wantsCircles || wantsColumns;
	const of = useMemo(
		() =>
			cube && wantsValues ? marked(cube, compared, areas.row, ground) : null,
		[cube, wantsValues, compared, areas, ground],
	);
	const round = useMemo(
		() => (of && wantsCircles ? circles(of) : null),
		[of, wantsCircles],
	);
	const tall = useMemo(
		() => (of && wantsColumns ? columns(of, flat) : null),
		[of, wantsColumns, flat],
	);
	const marks = useMemo(() => {
		const all = [round, tall].filter((one) => one !== null);
		return all.length > 0 ? together(all) : null;
	}, [round, tall]);
	const sizes = of && {
		most: of.most,
		whole: !cube?.header.rate,
		ground,
		belowZero: cube?.values.some((value) => value < 0) ?? false,
	};
	return {
		marks,
		legends: marks && (
			<MarkLegends>
				{round && sizes && (
					<MarkLegend
						kind="circles"
						title={t("marks.kind.circles")}
						lines={[t("marks.circlesMean", { what: label })]}
					>
						<CircleSizes {...sizes} />
					</MarkLegend>
				)}
				{tall && sizes && (
					<MarkLegend
						kind="columns"
						title={t("marks.kind.columns")}
						lines={[t("marks.columnsMean", { what: label })]}
					>
						<ColumnSizes {...sizes} />
						<Switch
							size="xs"
							label={t("marks.flat")}
							data-testid="marks-flat"
							checked={flat}
							onChange={({ currentTarget }) =>
								changeSearch({ flat: currentTarget.checked })
							}
						/>
					</MarkLegend>
				)}
			</MarkLegends>
		),
	};
}
