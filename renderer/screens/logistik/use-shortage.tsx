import { Facilities } from "../../../core/api/facilities.ts";
import { ShortageOf } from "../../../core/api/logistics.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useAnswer } from "../../state/answers.ts";
import { useFollows } from "../../state/follow.ts";
import type { ShownShortage } from "./matrix-rows.ts";
import { useStockChoice } from "./use-stock-choice.ts";
import type { ViewProps } from "./view-props.ts";

/** How stocks stand in an area, as they are asked for by its address; null while that is not known. */
export function useShortage({ areas, selected, select }: ViewProps) {
	const choice = useStockChoice();
	const { search, asked } = choice;
	const rows =
		selected.level === "regency" ||
		(selected.level === "province" && search.rows === "facilities")
			? "facility"
			: selected.level === "province"
				? "regency"
				: "province";
	const facilities = useAnswer(Facilities, {});
	const query = useAnswer(
		ShortageOf,
		{ area: selected.id, rows, ...asked },
		{ keepLast: true },
	);
	// What was told of another area would stand under this one's name.
	const data = query.data?.area === selected.id ? query.data : undefined;
	const told = data?.total.some(
		({ told, warehousesTold }) => told + warehousesTold > 0,
	);
	const shown: ShownShortage | null =
		data && facilities.data && told
			? {
					areas,
					selected,
					select,
					shortage: data,
					facilities: facilities.data,
					choice,
				}
			: null;
	return {
		choice,
		shown,
		selected,
		/** The day of which nothing was told; null: that is not known yet. */
		silentOn: data && facilities.data && !told ? data.day : null,
		error: data ? null : (query.error ?? facilities.error),
		again: () => Promise.all([query.refetch(), facilities.refetch()]),
	};
}

/** Stands in the place of stocks that cannot be shown: they are on their way, nobody told them, or asking failed. */
export function ShortageNotThere({
	selected,
	silentOn,
	error,
	again,
	className,
}: Pick<
	ReturnType<typeof useShortage>,
	"selected" | "silentOn" | "error" | "again"
> & { className: string }) {
	const { t, format } = useLanguage();
	const follows = useFollows("facilities");
	return (
		<Panel
			title={t("logistics.title")}
			subtitle={selected.name}
			testId="shortage-panel"
			className={className}
		>
			{error ? (
				<PanelFailure error={error} again={again} />
			) : (
				<PanelNotice>
					{silentOn === null
						? t("app.loading")
						: follows
							? t("follow.facilities")
							: t("logistics.none", {
									area: selected.name,
									day: format.day(silentOn),
								})}
				</PanelNotice>
			)}
		</Panel>
	);
}
