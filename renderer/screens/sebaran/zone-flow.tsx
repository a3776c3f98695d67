import { SegmentedControl, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { ZoneCourse } from "../../../core/api/zones.ts";
import { ZONES } from "../../../core/epidemic/zone-transition.ts";
import { clock, usePanelDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { cssColour } from "../../parts/map/palettes.ts";
import { useGround } from "../../parts/map/use-ground.ts";
import { useTheme } from "../../parts/map/use-theme.ts";
import { zoneColour } from "../../parts/map/zone-colours.ts";
import { ZoneSign } from "./zone-words.tsx";
import styles from "./zones.module.css";

/** Days that the column of a publication is wide: a week that is missing leaves its place empty. */
const WIDE = 5.6;
const WEEK = 7;

/** How many areas were of each zone, publication by publication: columns over time, or the same numbers as a table, of which each row leads to its day. */
export function ZoneFlow({ course }: { course: ZoneCourse }) {
	const { t } = useLanguage();
	const [form, setForm] = useState<"chart" | "table">("chart");
	return (
		<section className={styles.flow} data-testid="zone-flow">
			<div className={styles.head}>
				<h3>{t("zones.flow")}</h3>
				<SegmentedControl
					size="xs"
					value={form}
					aria-label={t("zones.flow")}
					onChange={(value) => setForm(value as typeof form)}
					data={[
						{ value: "chart", label: t("zones.chart") },
						{ value: "table", label: t("zones.table") },
					]}
				/>
			</div>
			{form === "chart" ? (
				<Columns course={course} />
			) : (
				<Numbers course={course} />
			)}
		</section>
	);
}

function Columns({
	course: { publications, expected },
}: {
	course: ZoneCourse;
}) {
	const { t, format } = useLanguage();
	const { ground } = useGround();
	const theme = useTheme();
	const day = usePanelDay();
	const first = publications[0]?.day;
	const last = publications.at(-1)?.day;
	if (first === undefined || last === undefined) return null;
	const width = last - first + WEEK;
	return (
		<>
			<svg
				className={styles.columns}
				viewBox={`0 0 ${width} 100`}
				preserveAspectRatio="none"
				role="img"
				aria-label={t("zones.flowOf", {
					from: format.day(first),
					to: format.day(last),
				})}
			>
				{publications.map(({ day: of, counts }) => {
					let above = 0;
					return (
						<g key={of}>
							<title>{format.day(of)}</title>
							<rect
								x={of - first}
								width={WIDE}
								y={0}
								height={100}
								fill={cssColour(ground.noData[0])}
							/>
							{ZONES.map((zone, at) => {
								const height =
									((counts.areas[at] ?? 0) / (expected || 1)) * 100;
								const y = above;
								above += height;
								return (
									<rect
										key={zone}
										x={of - first}
										width={WIDE}
										y={y}
										height={height}
										fill={cssColour(zoneColour(zone, theme))}
									/>
								);
							})}
						</g>
					);
				})}
				{day >= first && day < first + width && (
					<line
						className={styles.now}
						x1={day - first}
						x2={day - first}
						y1={0}
						y2={100}
					/>
				)}
			</svg>
			<p className={styles.ends}>
				<span>{format.day(first)}</span>
				<span>{format.day(last)}</span>
			</p>
		</>
	);
}

function Numbers({ course: { publications } }: { course: ZoneCourse }) {
	const { t, format } = useLanguage();
	return (
		<table className={styles.numbers}>
			<thead>
				<tr>
					<th scope="col">{t("zones.publication")}</th>
					{[...ZONES, null].map((zone) => (
						<th key={zone} scope="col">
							<ZoneSign zone={zone} />
							<span className={styles.unseen}>
								{zone === null ? t("zones.none") : t(`zones.zone.${zone}`)}
							</span>
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{publications.toReversed().map(({ day, counts }) => (
					<tr key={day}>
						<th scope="row">
							<UnstyledButton
								className={styles.area}
								onClick={() => clock.goTo(day)}
							>
								{format.day(day)}
							</UnstyledButton>
						</th>
						{[...counts.areas, counts.none].map((areas, at) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: a column is its zone
							<td key={at}>{format.number(areas)}</td>
						))}
					</tr>
				))}
			</tbody>
		</table>
	);
}
