import { Facilities } from "../../../core/api/facilities.ts";
import { LaboratoriesOf } from "../../../core/api/laboratories.ts";
import { usePanelDay } from "../../clock/use-clock.ts";
import { addTexts } from "../../i18n/add-texts.ts";
import { laboratoriesEn } from "../../i18n/laboratories-en.ts";
import { laboratoriesId } from "../../i18n/laboratories-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useAnswer } from "../../state/answers.ts";
import { useSearch } from "../../state/search.ts";
import { useView } from "../../state/view-state.ts";
import styles from "./laboratory.module.css";
import { LaboratoryQueue } from "./laboratory-queue.tsx";
import { LaboratoryTable } from "./laboratory-table.tsx";
import { logisticsSearch } from "./search.ts";
import { SpecimenRouting } from "./specimen-routing.tsx";
import type { ViewProps } from "./view-props.ts";

addTexts("laboratories", { id: laboratoriesId, en: laboratoriesEn });

/** What laboratories can do, what waits there, and who could take whose specimens. */
export default function LaboratoryView({ areas, selected, select }: ViewProps) {
	const { t, format } = useLanguage();
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
	const error = query.error ?? facilities.error;
	if (!data || !facilities.data || data.total.telling === 0)
		return (
			<Panel
				title={t("laboratories.title")}
				subtitle={selected.name}
				testId="laboratory-panel"
				className={styles.whole ?? ""}
			>
				{error && !data ? (
					<PanelFailure
						error={error}
						again={() => Promise.all([query.refetch(), facilities.refetch()])}
					/>
				) : (
					<PanelNotice>
						{!data || !facilities.data
							? t("app.loading")
							: data.total.laboratories === 0
								? t("laboratories.none", { area: selected.name })
								: t("laboratories.silent", {
										count: format.number(data.total.laboratories),
										area: selected.name,
										day: format.day(data.day),
									})}
					</PanelNotice>
				)}
			</Panel>
		);
	const known = new Map(facilities.data.map((one) => [one.id, one]));
	const chosen =
		data.laboratories.find(({ facility }) => String(facility) === lab) ?? null;
	const choose = (facility: number | null) =>
		changeSearch({ lab: facility === null ? "" : String(facility) });
	const shown = { areas, selected, select, data, known, chosen, choose };
	return (
		<div className={styles.view}>
			<LaboratoryTable {...shown} asKnown={asKnown} />
			<div className={styles.side}>
				<LaboratoryQueue {...shown} asKnown={asKnown} />
				<SpecimenRouting
					{...shown}
					facilities={facilities.data}
					day={day}
					asKnown={asKnown}
				/>
			</div>
		</div>
	);
}
