import { Button, Drawer, Table, UnstyledButton } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { SpreadSeries } from "../../../core/api/spread.ts";
import { type Day, isoFromDay } from "../../../core/series/day.ts";
import { clock, useFigureDay } from "../../clock/use-clock.ts";
import { addTexts } from "../../i18n/add-texts.ts";
import { trendLineEn } from "../../i18n/trend-line-en.ts";
import { trendLineId } from "../../i18n/trend-line-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { copyText } from "../../parts/table/copy-text.ts";
import { clipboardForm, csvTable } from "../../parts/ui/csv.ts";
import { MarkChips } from "../../parts/ui/mark-list.tsx";
import numbers from "../../parts/ui/number-button.module.css";
import styles from "./trend-line.module.css";
import { HEIGHT, trendPath } from "./trend-path.ts";
import { writtenFigure } from "./written-figure.ts";

addTexts("trendLine", { id: trendLineId, en: trendLineEn });

/** The figure of the card on every day, as a small line with the day of the clock on it; pressed it is a table. */
export function TrendLine({
	area,
	series,
	label,
	explain,
}: {
	area: AreaRow;
	series: SpreadSeries;
	/** What the figure is, in words. */
	label: string;
	explain: (day: Day) => void;
}) {
	const language = useLanguage();
	const { t, format } = language;
	const [opened, setOpened] = useState(false);
	const at = useRef<HTMLSpanElement>(null);
	const { line, points, days, highest } = useMemo(
		() => trendPath(series),
		[series],
	);
	useEffect(() => {
		const place = () => {
			const share = (clock.day - series.firstDay + 0.5) / days;
			// The clock may stand on a day that the series does not reach.
			const within = Math.min(1, Math.max(0, share));
			if (at.current) at.current.style.left = `${within * 100}%`;
		};
		place();
		return clock.onDay(place);
	}, [series, days]);
	// Its card says in words that nobody reported: a line of nothing would be one of zeros.
	if (line === "" && points === "") return null;
	const text = t("trendLine.of", { area: area.name, label });
	return (
		<>
			<UnstyledButton
				className={styles.line}
				aria-label={text}
				title={text}
				data-testid="trend-line"
				onClick={() => {
					clock.pause();
					setOpened(true);
				}}
			>
				<svg
					viewBox={`0 0 ${days} ${HEIGHT}`}
					preserveAspectRatio="none"
					aria-hidden
				>
					<path d={line} />
					<path d={points} className={styles.points} />
				</svg>
				<span ref={at} className={styles.day} />
			</UnstyledButton>
			{highest && (
				<small>
					{t(
						highest.since === null
							? "trendLine.highest"
							: "trendLine.highestSince",
						{
							value: writtenFigure(
								language,
								area,
								highest.value,
								0,
								series.rate,
							),
							day: format.day(highest.day),
							since: format.day(highest.since ?? highest.day),
						},
					)}
				</small>
			)}
			<Drawer
				opened={opened}
				onClose={() => setOpened(false)}
				position="right"
				size="34rem"
				padding="md"
				closeButtonProps={{ "aria-label": t("app.close") }}
				overlayProps={{ backgroundOpacity: 0.45 }}
				transitionProps={{ duration: 0 }}
				title={<b>{t("trendLine.title", { area: area.name })}</b>}
				data-testid="trend-line-table"
			>
				<TrendTable
					area={area}
					series={series}
					label={label}
					explain={(day) => {
						setOpened(false);
						explain(day);
					}}
					goTo={(day) => {
						clock.goTo(day);
						setOpened(false);
					}}
				/>
			</Drawer>
		</>
	);
}

/** The newest day first; a day is gone to, a figure explained, and all of it copied. */
function TrendTable({
	area,
	series,
	label,
	explain,
	goTo,
}: {
	area: AreaRow;
	series: SpreadSeries;
	label: string;
	explain: (day: Day) => void;
	goTo: (day: Day) => void;
}) {
	const language = useLanguage();
	const { t, format } = language;
	const shown = useFigureDay();
	const [copied, setCopied] = useState<boolean | null>(null);
	const body = useRef<HTMLDivElement>(null);
	// When it opens, and not again: who reads in it is not carried off.
	useEffect(() => {
		body.current
			?.querySelector("tr[aria-current]")
			?.scrollIntoView({ block: "center" });
	}, []);
	const days = series.value.map((_, at) => series.value.length - 1 - at);
	const copy = async () => {
		setCopied(
			await copyText(
				csvTable(
					[t("table.area"), t("trend.day"), label, t("trend.correction")],
					days.map((at) => [
						{ value: area.name, kind: "text" },
						{ value: isoFromDay(series.firstDay + at), kind: "text" },
						{ value: series.value[at] ?? null, kind: "number" },
						{ value: series.corrected[at] ?? null, kind: "number" },
					]),
					clipboardForm(language.language),
				),
			),
		);
		setTimeout(() => setCopied(null), 2_000);
	};
	return (
		<div ref={body} className={styles.body}>
			<div className={styles.head}>
				<span>{label}</span>
				<Button
					size="compact-xs"
					variant="default"
					onClick={() => void copy()}
					data-testid="trend-line-copy"
				>
					{copied === null
						? t("table.copy")
						: t(copied ? "table.copied" : "table.copyFailed")}
				</Button>
			</div>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys scroll what can be focused */}
			<div className={styles.scroll} tabIndex={0}>
				<Table fz="sm" verticalSpacing={2} stickyHeader>
					<Table.Thead>
						<Table.Tr>
							<Table.Th>{t("trend.day")}</Table.Th>
							<Table.Th className="number">{t("trendLine.value")}</Table.Th>
							<Table.Th className="number">{t("trend.correction")}</Table.Th>
							<Table.Th>{t("trend.marks")}</Table.Th>
						</Table.Tr>
					</Table.Thead>
					<Table.Tbody>
						{days.map((at) => {
							const day = series.firstDay + at;
							const marks = series.marks[at] ?? 0;
							const corrected = series.corrected[at] ?? null;
							return (
								<Table.Tr
									key={day}
									aria-current={day === shown ? "date" : undefined}
								>
									<Table.Th scope="row">
										<UnstyledButton fz="inherit" onClick={() => goTo(day)}>
											{format.day(day)}
										</UnstyledButton>
									</Table.Th>
									<Table.Td className="number">
										<UnstyledButton
											fz="inherit"
											className={numbers.button}
											title={t("value.explainOf", { what: format.day(day) })}
											onClick={() => explain(day)}
										>
											{writtenFigure(
												language,
												area,
												series.value[at] ?? null,
												marks,
												series.rate,
											)}
										</UnstyledButton>
									</Table.Td>
									<Table.Td className="number">
										{corrected === null ? "" : format.signed(corrected)}
									</Table.Td>
									<Table.Td>
										<MarkChips marks={marks} />
									</Table.Td>
								</Table.Tr>
							);
						})}
					</Table.Tbody>
				</Table>
			</div>
		</div>
	);
}
