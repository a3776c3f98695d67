import { Facilities, type FacilityRow } from "../../../core/api/facilities.ts";
import { LaboratoriesOf } from "../../../core/api/laboratories.ts";
import { usePanelDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useFollows } from "../../state/follow.ts";
import { useSearch } from "../../state/search.ts";
import { useView } from "../../state/view-state.ts";
import { logisticsSearch } from "./search.ts";
import type { ShownLaboratories } from "./shown-laboratories.ts";
import type { ViewProps } from "./view-props.ts";

/** How the laboratories of an area stand, as they are asked for by its address; null while that is not known. */
export function useLaboratories({ areas, selected, select }: ViewProps) {
	const day = usePanelDay();
	const asKnown = useView((view) => view.asKnown);
	const [{ lab }, changeSearch] = useSearch(logisticsSearch);
	const facilities = useAnswer(Facilities, { kind: "laboratory" });
	const query = useAnswer(
		LaboratoriesOf,
		{ area: selected.id, day, as_known: asKnown },
		{ keepLast: true },
	);
	// What was told of another area would stand under this one's name.
	const data = query.data?.area === selected.id ? query.data : undefined;
	const shown: ShownLaboratories | null =
		data && facilities.data && data.total.telling > 0
			? {
					areas,
					selected,
					select,
					data,
					known: toldApart(facilities.data, areas),
					chosen:
						data.laboratories.find(
							({ facility }) => String(facility) === lab,
						) ?? null,
					choose: (facility) =>
						changeSearch({ lab: facility === null ? "" : String(facility) }),
				}
			: null;
	return {
		shown,
		selected,
		facilities: facilities.data,
		day,
		asKnown,
		/** What is known of laboratories that tell nothing; null while that is on its way. */
		silent: data && facilities.data ? data : null,
		error: data ? null : (query.error ?? facilities.error),
		again: () => Promise.all([query.refetch(), facilities.refetch()]),
	};
}

/** By number; of those that share a name each is called by its place too: a way would seem to lead from one to itself. */
function toldApart(
	laboratories: readonly FacilityRow[],
	areas: AreaIndex,
): Map<number, FacilityRow> {
	const of = Map.groupBy(laboratories, ({ name }) => name);
	return new Map(
		laboratories.map((one) => {
			const place = areas.byId(one.area)?.name;
			const shared = (of.get(one.name)?.length ?? 0) > 1 && place;
			return [
				one.id,
				shared ? { ...one, name: `${one.name} (${place})` } : one,
			];
		}),
	);
}

/** Stands in the place of laboratories that cannot be shown: they are on their way, none tells anything, or asking failed. */
export function LaboratoriesNotThere({
	selected,
	silent,
	error,
	again,
	className,
}: Pick<
	ReturnType<typeof useLaboratories>,
	"selected" | "silent" | "error" | "again"
> & { className: string }) {
	const { t, format } = useLanguage();
	const follows = useFollows("facilities");
	return (
		<Panel
			title={t("laboratories.title")}
			subtitle={selected.name}
			testId="laboratory-panel"
			className={className}
		>
			{error ? (
				<PanelFailure error={error} again={again} />
			) : (
				<PanelNotice>
					{!silent
						? t("app.loading")
						: follows
							? t("follow.facilities")
							: silent.total.laboratories === 0
								? t("laboratories.none", { area: selected.name })
								: t("laboratories.silent", {
										count: format.number(silent.total.laboratories),
										area: selected.name,
										day: format.day(silent.day),
									})}
				</PanelNotice>
			)}
		</Panel>
	);
}
