import type { AreaRow } from "../../../core/api/areas.ts";
import type { Completeness } from "../../../core/api/figures.ts";
import { COMPLETE_FROM } from "../../../core/quality/completeness.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { abbreviated } from "./area-name.ts";

/** Says which areas a sum is made of: "37 dari 38 kab/kota", one sentence wherever it is said. */
export function useCompletenessText() {
	const { t, format } = useLanguage();
	return (
		of: { reporting: number; expected: number },
		area: AreaRow,
	): string | null =>
		area.level === "regency"
			? null
			: t(
					area.level === "nation"
						? "completeness.provinces"
						: "completeness.regencies",
					{
						reporting: format.number(of.reporting),
						expected: format.number(of.expected),
					},
				);
}

/** The areas without a report, named: the first few where there is little room, all on request. */
export function namesOf(
	areas: AreaIndex,
	ids: readonly number[],
	most = Number.POSITIVE_INFINITY,
): string {
	const shown = ids
		.slice(0, most)
		.map((id) => {
			const area = areas.byId(id);
			return area ? abbreviated(area.name) : `#${id}`;
		})
		.join(", ");
	const more = ids.length - most;
	return more > 0 ? `${shown} +${more}` : shown;
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
						return area ? `${area.name} (${area.code})` : `#${id}`;
					})
					.join(", "),
			})}
		</p>
	);
}
