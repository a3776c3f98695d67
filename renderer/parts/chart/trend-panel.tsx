import {
	ActionIcon,
	Menu,
	SegmentedControl,
	UnstyledButton,
} from "@mantine/core";
import { Download, Info } from "lucide-react";
import { useRef, useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { FiguresOf, SeriesOf } from "../../../core/api/figures.ts";
import type { Day } from "../../../core/series/day.ts";
import {
	indicatorByKey,
	isStatedAt,
	VOCABULARY_BREAK,
} from "../../../core/series/indicator.ts";
import { MARKS, marksIn } from "../../../core/series/mark.ts";
import { usePanelDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useLevelFollows } from "../../state/follow.ts";
import { useViewOf } from "../../state/view-state.ts";
import { abbreviated } from "../ui/area-name.ts";
import { useCompletenessText } from "../ui/completeness.tsx";
import { type CsvForm, csvTable } from "../ui/csv.ts";
import { CsvItems } from "../ui/csv-items.tsx";
import { FreshnessChip } from "../ui/freshness-chip.tsx";
import { MARK_GLYPHS } from "../ui/mark-list.tsx";
import numbers from "../ui/number-button.module.css";
import { Panel, PanelNotice } from "../ui/panel.tsx";
import { PanelFailure } from "../ui/panel-failure.tsx";
import { useRootSize } from "../ui/root-size.ts";
import { useSave } from "../ui/save.tsx";
import { useSourceChangeText } from "../ui/source-change.ts";
import { useExport } from "../ui/use-export.ts";
import { usePrinting } from "../ui/use-printing.ts";
import { TrendChart } from "./trend-chart.tsx";
import { trendSigns } from "./trend-data.ts";
import { trendImage } from "./trend-image.ts";
import styles from "./trend-panel.module.css";
import { TrendTable } from "./trend-table.tsx";

/** Silent areas named beside the figure; the others are counted, and all stand where the figure is explained. */
const SILENT_NAMED = 2;

type Choice = "daily" | "total" | "table";

/** The selected area over time. */
export function TrendPanel({
	area,
	areas,
	className,
}: {
	area: AreaRow;
	areas: AreaIndex;
	className: string | undefined;
}) {
	const { t, format } = useLanguage();
	const follows = useLevelFollows(area.level);
	const { indicator, asKnown, explain } = useViewOf(
		"indicator",
		"asKnown",
		"explain",
	);
	const day = usePanelDay();
	const asked = { indicator, area: area.id, as_known: asKnown };
	const {
		data: answered,
		isError,
		error,
		refetch,
	} = useAnswer(SeriesOf, asked, { keepLast: true });
	// Under this area's name stands no series of another.
	const series =
		answered?.area === area.id && answered.indicator === indicator
			? answered
			: undefined;
	const { data: figures } = useAnswer(
		FiguresOf,
		{ ...asked, day },
		{ keepLast: true },
	);
	const current =
		figures?.area === area.id && figures.indicator === indicator
			? figures
			: null;
	const completenessText = useCompletenessText();
	const { sourceChangeText, originName } = useSourceChangeText();
	const exported = useExport({
		part: "tren",
		area,
		indicator,
		day,
		asKnown,
	});
	const canvas = useRef<HTMLCanvasElement | null>(null);
	const root = useRootSize();
	const { save, notice } = useSave();
	const [choice, setChoice] = useState<Choice>("daily");
	// A state of the day has no "new per day".
	const stock = indicatorByKey(indicator).kind === "stock";
	const shown: Choice = stock && choice === "daily" ? "total" : choice;
	const index = series ? day - series.firstDay : -1;
	const empty = series?.value.every((value) => value === null) ?? false;
	const printing = usePrinting();
	const silent = (
		series?.silent.find((one) => one.day === day)?.areas ?? []
	).flatMap((id) => areas.byId(id) ?? []);
	const changed = series?.sourceChanges.find((one) => one.day === day);
	const spanned = series?.span[index] ?? 0;
	// A part never stands for the whole.
	const reporting = series?.reporting[index] ?? null;
	const expected = series?.expected[index] ?? null;
	const part =
		reporting !== null &&
		expected !== null &&
		(series?.marks[index] ?? 0) & MARKS.fewAreas
			? completenessText({ reporting, expected }, area)
			: null;
	// Paper cannot be asked: there all are named.
	const named = printing ? silent.length : SILENT_NAMED;
	const label = t(`indicator.${indicator}`);
	const open = (at: Day) =>
		explain({ indicator, area: area.id, day: at, measure: "total" });

	const sources = series
		? series.origins.map((one) => originName(one)).join("; ")
		: "";
	// As the chart: from the first report to the last.
	const first = series?.value.findIndex((value) => value !== null) ?? 0;
	const last = series?.value.findLastIndex((value) => value !== null) ?? 0;
	const saveCsv = (form: CsvForm) =>
		save(
			exported.name("csv"),
			() =>
				csvTable(
					[
						...exported.heads,
						t("table.area"),
						t("table.code"),
						t("trend.value"),
						t("trend.daily"),
						t("trend.spanDays"),
						t("trend.correction"),
						t("trend.mean7"),
						t("trend.marks"),
					],
					(series?.value ?? []).flatMap((value, at) => {
						if (!series || at < first || at > last) return [];
						const number = (of: number | null | undefined) =>
							({ value: of ?? null, kind: "number" }) as const;
						const origin = series.origins[series.origin[at] ?? -1] ?? null;
						return [
							[
								...exported.row(series.firstDay + at, origin),
								{ value: area.name, kind: "text" } as const,
								{ value: area.code, kind: "code" } as const,
								number(value),
								number(series.daily[at]),
								number(series.span[at] || null),
								number(series.correction[at]),
								number(series.mean7[at]),
								{
									value: marksIn(series.marks[at] ?? 0)
										.map((key) => t(`markShort.${key}`))
										.join(", "),
									kind: "text",
								} as const,
							],
						];
					}),
					form,
				),
			"text/csv;charset=utf-8",
		);
	const savePicture = () =>
		save(
			exported.name("png"),
			() => {
				if (!canvas.current) throw new Error("no chart");
				return trendImage(
					canvas.current,
					{
						title: [exported.exercise, `${label} · ${area.name}`]
							.filter(Boolean)
							.join(" · "),
						lines: [
							shown === "daily"
								? `${t("trend.daily")}, ${t("trend.mean7")}`
								: t(stock ? "trend.stock" : "trend.total"),
						],
						foot: [
							`${t("export.source")}: ${sources}`,
							`${t("export.known")}: ${
								asKnown !== null
									? format.day(asKnown)
									: exported.known === null
										? "–"
										: format.time(Date.parse(exported.known))
							} · ${t("app.name")}`,
						],
					},
					root * window.devicePixelRatio,
				);
			},
			"image/png",
		);

	return (
		<Panel
			title={t("trend.title")}
			subtitle={`${label} · ${area.name}`}
			testId="trend-panel"
			means={{ term: indicator, name: label }}
			pin={{ kind: "trend", what: `${t("pin.trend")}, ${label}, ${area.name}` }}
			className={className}
			tools={
				<>
					<SegmentedControl
						size="xs"
						aria-label={t("trend.view")}
						value={shown}
						onChange={(value) => setChoice(value as Choice)}
						data={[
							...(stock ? [] : [{ value: "daily", label: t("trend.daily") }]),
							{
								value: "total",
								label: stock ? t("trend.stock") : t("trend.total"),
							},
							{ value: "table", label: t("trend.table") },
						]}
					/>
					<Menu position="bottom-end">
						<Menu.Target>
							<ActionIcon
								variant="default"
								aria-label={t("trend.export")}
								data-testid="trend-export"
								disabled={!series || empty}
							>
								<Download size="1em" />
							</ActionIcon>
						</Menu.Target>
						<Menu.Dropdown>
							<CsvItems save={saveCsv} />
							{shown !== "table" && (
								<Menu.Item onClick={() => void savePicture()}>
									{t("trend.picture")}
								</Menu.Item>
							)}
						</Menu.Dropdown>
					</Menu>
				</>
			}
			freshness={
				<FreshnessChip
					indicator={indicator}
					completeness={current?.completeness ?? null}
					area={area}
					areas={areas}
				/>
			}
		>
			{isError && !series && <PanelFailure error={error} again={refetch} />}
			{notice}
			{!series && !isError && <PanelNotice>{t("app.loading")}</PanelNotice>}
			{series && empty && (
				<PanelNotice>
					{follows
						? t("follow.kecamatan")
						: t(
								isStatedAt(indicatorByKey(indicator), area.level)
									? "trend.empty"
									: "trend.onlyDistricts",
								{ indicator: label, area: area.name },
							)}
				</PanelNotice>
			)}
			{series && !empty && shown === "table" && (
				<TrendTable series={series} upTo={day} explain={open} />
			)}
			{series && !empty && shown !== "table" && (
				<>
					<div className={styles.line}>
						<UnstyledButton
							className={numbers.button}
							onClick={() => open(day)}
							data-testid="trend-explain"
							title={t("value.explainOf", {
								what: `${label}, ${format.day(day)}`,
							})}
						>
							<Info aria-hidden size="1em" /> {format.day(day)}:{" "}
							<b>
								{part && `${part}: `}
								{said(
									series.value[index],
									t(
										(series.marks[index] ?? 0) & MARKS.notYetKnown
											? "value.notYetKnown"
											: "value.notReported",
									),
								)}
							</b>
						</UnstyledButton>
						{!stock && (
							<span>
								{t("trend.daily")}: <b>{said(series.daily[index], "–")}</b>
								{spanned > 1 && ` (${t("trend.span", { days: spanned })})`}
							</span>
						)}
						{changed && (
							<span className={styles.silent} data-testid="trend-source">
								{MARK_GLYPHS.sourceChanged} {sourceChangeText(changed)}
							</span>
						)}
						{silent.length > 0 && (
							<span className={styles.silent} data-testid="trend-silent">
								{MARK_GLYPHS.silent}{" "}
								{t("explain.silent", {
									areas: silent
										.slice(0, named)
										.map(({ name, code }) => `${abbreviated(name)} (${code})`)
										.join(", "),
								})}
								{silent.length > named &&
									` +${format.number(silent.length - named)}`}
							</span>
						)}
						<span className={styles.key}>
							{shown === "daily" && (
								<>
									<i data-key="bar" /> {t("trend.daily")}
									<i data-key="mean" /> {t("trend.mean7")}
								</>
							)}
							<i data-key="correction">{MARK_GLYPHS.correction}</i>{" "}
							{t("trend.correction")}
							<i data-key="silent">{MARK_GLYPHS.silent}</i> {t("trend.silent")}
							<i data-key="partial">╷</i> {t("trend.partial")}
							{trendSigns(series).some(({ kind }) => kind === "terms") && (
								<>
									<i data-key="terms">│</i>{" "}
									{t("trend.terms", { day: format.day(VOCABULARY_BREAK) })}
								</>
							)}
							{series.sourceChanges.length > 0 && (
								<>
									<i data-key="source">{MARK_GLYPHS.sourceChanged}</i>{" "}
									{t("trend.source")}
								</>
							)}
						</span>
					</div>
					<TrendChart
						series={series}
						view={shown}
						label={label}
						canvas={canvas}
						description={t("trend.chart", {
							indicator: label,
							area: area.name,
						})}
					/>
				</>
			)}
		</Panel>
	);

	function said(value: number | null | undefined, otherwise: string): string {
		return value == null ? otherwise : format.number(value);
	}
}
