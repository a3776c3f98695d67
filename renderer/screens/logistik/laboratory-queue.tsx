import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { FacilitySeriesOf } from "../../../core/api/facilities.ts";
import type { Day } from "../../../core/series/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type ChartLine, LinesChart } from "../../parts/chart/lines-chart.tsx";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useAnswer } from "../../state/answers.ts";
import styles from "./laboratory.module.css";
import { originOfQueue } from "./laboratory-origin.ts";
import { OriginDrawer } from "./origin-drawer.tsx";
import type { ShownLaboratories } from "./shown-laboratories.ts";

/** What waits day by day, of all laboratories of the area or of the one that is chosen, and how it goes on there. */
export function LaboratoryQueue({
	data,
	known,
	chosen,
	choose,
	selected,
	asKnown,
}: ShownLaboratories & { asKnown: Day | null }) {
	const { t, format } = useLanguage();
	const [opened, setOpened] = useState(false);
	const series = useAnswer(
		FacilitySeriesOf,
		{ facility: chosen?.facility ?? 1, as_known: asKnown },
		{ enabled: chosen !== null },
	);
	const { history, day } = data;
	const days = history.waiting.length;
	const lines = useMemo((): ChartLine[] => {
		const own = chosen ? series.data : null;
		const of = (
			column: "backlog" | "specimens_received" | "tests_done",
			all: readonly (number | null)[],
		) =>
			chosen
				? Array.from(
						{ length: days },
						(_, at) =>
							own?.values[column]?.[history.firstDay + at - own.firstDay] ??
							null,
					)
				: all;
		const ahead = chosen?.ahead.map((one) => one.waiting) ?? [];
		const waiting = of("backlog", history.waiting);
		return [
			{ label: t("laboratories.queue.waiting"), values: waiting, look: 0 },
			{
				label: t("laboratories.queue.received"),
				values: of("specimens_received", history.received),
				look: 2,
			},
			{
				label: t("laboratories.queue.tested"),
				values: of("tests_done", history.tested),
				look: 3,
			},
			...(ahead.length > 0
				? [
						{
							label: t(
								chosen?.isMost
									? "laboratories.queue.aheadLeast"
									: "laboratories.queue.ahead",
							),
							values: [
								...Array<null>(days - 1).fill(null),
								waiting.at(-1) ?? null,
								...ahead,
							],
							look: 1,
						},
					]
				: []),
		].map((line) => ({
			...line,
			// Lines of one chart are of the same days.
			values: Array.from(
				{ length: days + ahead.length },
				(_, at) => line.values[at] ?? null,
			),
		}));
	}, [chosen, series.data, history, days, t]);
	const name = chosen
		? (known.get(chosen.facility)?.name ?? "")
		: `${t("laboratories.queue.all")}, ${selected.name}`;
	return (
		<Panel
			title={t("laboratories.queue.title")}
			subtitle={name}
			testId="laboratory-queue"
			pin={{ kind: "laboratory", what: `${t("pin.laboratory")}, ${name}` }}
			className={styles.part ?? ""}
			tools={
				<>
					<Button
						size="compact-xs"
						variant="default"
						data-testid="queue-explain"
						onClick={() => setOpened(true)}
					>
						{t("value.explain")}
					</Button>
					{chosen && (
						<Button
							size="compact-xs"
							variant="default"
							onClick={() => choose(null)}
						>
							{t("laboratories.queue.all")}
						</Button>
					)}
				</>
			}
		>
			{series.error ? (
				<PanelFailure error={series.error} again={series.refetch} />
			) : chosen && !series.data ? (
				<PanelNotice>{t("app.loading")}</PanelNotice>
			) : (
				<LinesChart
					firstDay={history.firstDay}
					lines={lines}
					today={day}
					todayLabel={`${t("laboratories.queue.today")}: ${format.day(day)}`}
					description={t("laboratories.queue.description", {
						name,
						day: format.day(day),
						waiting: written(
							chosen ? chosen.waiting : data.total.waiting,
							(value) => format.count(value, 0),
						),
					})}
					testId="queue-chart"
				/>
			)}
			<OriginDrawer
				about={opened ? `${name} · ${format.day(day)}` : null}
				figures={opened ? originOfQueue({ data, chosen }, { t, format }) : []}
				notes={[]}
				close={() => setOpened(false)}
			/>
		</Panel>
	);
}

function written(
	value: number | null,
	write: (value: number) => string,
): string {
	return value === null ? "–" : write(value);
}
