import type { AreaRow } from "../../../core/api/areas.ts";
import type { Completeness } from "../../../core/api/figures.ts";
import { type ApartLevel, isApart } from "../../../core/areas/codes.ts";
import { COMPLETE_FROM } from "../../../core/quality/completeness.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { abbreviated, shortestName } from "./area-name.ts";

/** Says which areas a sum is made of: "37 dari 38 kab/kota", one sentence wherever it is said. */
export function useCompletenessText() {
	const { t, format } = useLanguage();
	return (
		of: { reporting: number; expected: number },
		area: AreaRow,
		/** Where they are its kecamatan or kelurahan. */
		apart: ApartLevel | null = null,
	): string | null =>
		!apart && (area.level === "regency" || isApart(area.level))
			? null
			: t(
					apart
						? APART_COUNTED[apart]
						: area.level === "nation"
							? "completeness.provinces"
							: "completeness.regencies",
					{
						reporting: format.number(of.reporting),
						expected: format.number(of.expected),
					},
				);
}

const APART_COUNTED = {
	district: "completeness.districts",
	village: "completeness.villages",
} as const;

/** In place of the name of a kecamatan or kelurahan while these are fetched: its number says nothing to anybody. */
export const UNNAMED = "…";

/** The areas without a report, all of them by their names. */
export function namesOf(areas: AreaIndex, ids: readonly number[]): string {
	return ids
		.map((id) => {
			const area = areas.byId(id);
			return area ? abbreviated(area.name) : UNNAMED;
		})
		.join(", ");
}

/** The first of them, by short names: as many as so many letters hold, one at least, and how many more there are. */
export function firstNamesOf(
	areas: AreaIndex,
	ids: readonly number[],
	letters: number,
): string {
	let shown = "";
	for (const [at, id] of ids.entries()) {
		const area = areas.byId(id);
		const name = area ? shortestName(area) : UNNAMED;
		const longer = at === 0 ? name : `${shown}, ${name}`;
		if (at > 0 && longer.length > letters)
			return `${shown} +${ids.length - at}`;
		shown = longer;
	}
	return shown;
}

/** From when on a panel is said to be incomplete. */
export function IncompleteRule() {
	const { t, format } = useLanguage();
	return (
		<p className="muted">
			<small>
				{t("freshness.rule", { percent: format.number(COMPLETE_FROM * 100) })}
			</small>
		</p>
	);
}

/** The areas that are missing from a figure, all of them, with their codes. */
export function MissingAreas({
	completeness,
	areas,
}: {
	completeness: Completeness;
	areas: AreaIndex;
}) {
	const { t } = useLanguage();
	if (completeness.missing.length === 0) return null;
	return (
		<p data-testid="missing-areas">
			{t("completeness.missing", {
				areas: completeness.missing
					.map((id) => {
						const area = areas.byId(id);
						return area ? `${area.name} (${area.code})` : UNNAMED;
					})
					.join(", "),
			})}
		</p>
	);
}
