import { useMemo } from "react";
import type { FacilitySeries } from "../../../core/api/facilities.ts";
import type { ReportColumn } from "../../../core/facilities/report.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type ChartLine, LinesChart } from "../../parts/chart/lines-chart.tsx";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import styles from "./facility.module.css";

/** Days of reports that are drawn before the day shown. */
const DAYS_BACK = 56;

interface OfDay {
	readonly series: FacilitySeries;
	readonly day: number;
}

export function PatientsReported(of: OfDay) {
	const { t } = useLanguage();
	return (
		<Reported
			{...of}
			title={t("logistics.facility.patients")}
			columns={PATIENTS}
			expected
			testId="facility-patients"
		/>
	);
}

const PATIENTS = [
	"patients_critical",
	"patients_severe",
	"patients_moderate",
	"patients_mild",
] as const;

export function BedsReported(of: OfDay) {
	const { t } = useLanguage();
	return (
		<Reported
			{...of}
			title={t("logistics.facility.beds")}
			columns={BEDS}
			expected
			testId="facility-beds"
		/>
	);
}

const BEDS = ["beds", "beds_occupied"] as const;

/** Some columns of the daily report over the last weeks; drawn only where one of them is ever told, or where a panel has to say that none is. */
export function Reported({
	series,
	day,
	title,
	columns,
	expected = false,
	testId,
}: {
	series: FacilitySeries;
	day: number;
	title: string;
	columns: readonly ReportColumn[];
	/** Of a facility of its kind somebody looks for it: where nothing was told the panel says so. */
	expected?: boolean;
	testId: string;
}) {
	const { t, format } = useLanguage();
	const from = Math.max(series.firstDay, day - DAYS_BACK);
	const shown = useMemo(
		() =>
			columns.flatMap((column, look): ChartLine[] => {
				const values = series.values[column]?.slice(
					from - series.firstDay,
					// Before its first report nothing was told, and not what comes later.
					Math.max(0, day - series.firstDay + 1),
				);
				return values?.some((value) => value !== null)
					? [
							{
								label: t(`logistics.column.${column as "beds"}`),
								values,
								look,
							},
						]
					: [];
			}),
		[series, from, day, columns, t],
	);
	if (shown.length === 0)
		return expected ? (
			<Panel title={title} testId={testId} className={styles.untold}>
				<PanelNotice>
					{t("logistics.facility.untold", {
						from: format.day(from),
						day: format.day(day),
					})}
				</PanelNotice>
			</Panel>
		) : null;
	return (
		<Panel title={title} testId={testId} className={styles.chart}>
			<LinesChart
				firstDay={from}
				lines={shown}
				today={day + 1}
				todayLabel={t("logistics.facility.shown")}
				description={`${title}: ${shown
					.map(({ label, values }) => {
						const last = values.at(-1) ?? null;
						return `${label} ${last === null ? "–" : format.number(last)}`;
					})
					.join(", ")}`}
				testId={`${testId}-chart`}
			/>
		</Panel>
	);
}
