import { Select, UnstyledButton } from "@mantine/core";
import type { KeyboardEvent } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { HeldLabel, Zones } from "../../../core/api/zones.ts";
import {
	isWorse,
	ZONES,
	type Zone,
} from "../../../core/epidemic/zone-transition.ts";
import { type Day, isoFromDay } from "../../../core/series/day.ts";
import { usePanelDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import type { AreaIndex } from "../../state/area-index.ts";
import type { Choice } from "./use-choice.ts";
import {
	type AskedCourse,
	areasOf,
	type Transition,
} from "./use-zone-course.ts";
import { ZoneExport } from "./zone-export.tsx";
import { ZoneFlow } from "./zone-flow.tsx";
import { textOfCell, type ZoneCell } from "./zone-search.ts";
import { ZoneName, ZoneSign } from "./zone-words.tsx";
import styles from "./zones.module.css";

/** From which zone to which the areas went between two publications, how many there were of each over time, and what is held back. */
export function ZonePanel({
	areas,
	parent,
	zones,
	course,
	choice,
	select,
}: {
	areas: AreaIndex;
	/** The area whose kabupaten/kota are counted. */
	parent: AreaRow;
	zones: Zones;
	course: AskedCourse;
	choice: Choice;
	select: (area: AreaRow) => void;
}) {
	const { t, format } = useLanguage();
	const { search, changeSearch } = choice;
	const { data } = course;
	const transition = data?.transition ?? null;
	return (
		<Panel
			title={t("zones.moves")}
			subtitle={parent.name}
			testId="zone-panel"
			className={styles.panel}
			tools={
				data && (
					<ZoneExport
						areas={areas}
						parent={parent}
						course={data}
						asKnown={choice.asKnown}
					/>
				)
			}
		>
			<div className={styles.body}>
				<div className={styles.days}>
					{(["zoneFrom", "zoneTo"] as const).map((key) => {
						const asked = key === "zoneFrom" ? course.from : course.to;
						return (
							<Select
								key={key}
								size="xs"
								label={t(`zones.${key}`)}
								data-testid={key}
								clearable={search[key] !== ""}
								placeholder={asked === undefined ? "–" : format.day(asked)}
								value={search[key] === "" ? null : search[key]}
								data={course.days.toReversed().map((day) => ({
									value: isoFromDay(day),
									label: format.day(day),
								}))}
								onChange={(value) =>
									changeSearch({ [key]: value ?? "", cell: null })
								}
							/>
						);
					})}
				</div>
				<Held labels={zones.held} now />
				{course.error && !data ? (
					<PanelFailure error={course.error} again={course.refetch} />
				) : !data ? (
					<PanelNotice>{t("app.loading")}</PanelNotice>
				) : transition ? (
					<Matrix
						transition={transition}
						cell={search.cell}
						choose={(cell) => changeSearch({ cell, zone: "" })}
					/>
				) : (
					<PanelNotice>{t("zones.onePublication")}</PanelNotice>
				)}
				{transition && search.cell !== null && (
					<CellAreas
						ids={areasOf(transition, search.cell)}
						cell={search.cell}
						areas={areas}
						select={select}
					/>
				)}
				{data && <ZoneFlow course={data} />}
				<Held labels={zones.held} now={false} />
			</div>
		</Panel>
	);
}

/** The matrix: each cell is a button that shows its areas; arrows go from cell to cell. */
function Matrix({
	transition,
	cell,
	choose,
}: {
	transition: Transition;
	cell: ZoneCell | null;
	choose: (cell: ZoneCell | null) => void;
}) {
	const { t, format } = useLanguage();
	const { worsened, improved, unchanged, onlyBefore, onlyAfter } = transition;
	const chosen = textOfCell(cell);
	const count = (from: Zone, to: Zone) =>
		areasOf(transition, { from, to }).length;
	const onKey = (event: KeyboardEvent<HTMLElement>) => {
		const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -5, ArrowDown: 5 }[
			event.key
		];
		if (step === undefined) return;
		const all = [
			...event.currentTarget.querySelectorAll<HTMLElement>("[data-cell]"),
		];
		const next = all[all.indexOf(event.target as HTMLElement) + step];
		if (!next) return;
		event.preventDefault();
		event.stopPropagation();
		next.focus();
	};
	const button = (of: ZoneCell, areas: number, name: string, sign = "") => {
		const text = textOfCell(of);
		const { from, to } = typeof of === "string" ? { from: null, to: null } : of;
		return (
			<UnstyledButton
				className={styles.cell}
				data-cell={text}
				data-empty={areas === 0 || undefined}
				data-same={(from !== null && from === to) || undefined}
				aria-pressed={chosen === text}
				aria-label={`${name}: ${format.number(areas)}`}
				title={name}
				onClick={() => choose(chosen === text ? null : of)}
			>
				{format.number(areas)}
				{sign && areas > 0 && <small aria-hidden>{sign}</small>}
			</UnstyledButton>
		);
	};
	return (
		<>
			<table
				className={styles.matrix}
				data-testid="zone-matrix"
				onKeyDown={onKey}
			>
				<caption>{t("zones.caption")}</caption>
				<thead>
					<tr>
						<th scope="col">{t("zones.fromTo")}</th>
						{ZONES.map((to) => (
							<th key={to} scope="col" title={t(`zones.zone.${to}`)}>
								<ZoneSign zone={to} />
								<span className={styles.unseen}>{t(`zones.zone.${to}`)}</span>
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{ZONES.map((from) => (
						<tr key={from}>
							<th scope="row">
								<ZoneName zone={from} />
							</th>
							{ZONES.map((to) => (
								<td key={to}>
									{button(
										{ from, to },
										count(from, to),
										`${t(`zones.zone.${from}`)} → ${t(`zones.zone.${to}`)}`,
										isWorse(from, to) ? "▲" : isWorse(to, from) ? "▼" : "",
									)}
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
			<p className={styles.sums} data-testid="zone-sums">
				{t("zones.sums", {
					worsened: format.number(worsened),
					improved: format.number(improved),
					unchanged: format.number(unchanged),
				})}
			</p>
			{onlyBefore.length + onlyAfter.length > 0 && (
				<p className={styles.sums}>
					<span className={styles.unit}>
						{t("zones.onlyBefore")}{" "}
						{button("before", onlyBefore.length, t("zones.onlyBefore"))}
					</span>{" "}
					<span className={styles.unit}>
						{t("zones.onlyAfter")}{" "}
						{button("after", onlyAfter.length, t("zones.onlyAfter"))}
					</span>
				</p>
			)}
		</>
	);
}

/** The areas of a cell: each leads to itself. */
function CellAreas({
	ids,
	cell,
	areas,
	select,
}: {
	ids: readonly number[];
	cell: ZoneCell;
	areas: AreaIndex;
	select: (area: AreaRow) => void;
}) {
	const { t, format } = useLanguage();
	const rows = ids
		.flatMap((id) => areas.byId(id) ?? [])
		.toSorted((a, b) => a.name.localeCompare(b.name, "id"));
	return (
		<section
			className={styles.areas}
			data-testid="zone-areas"
			aria-label={t("zones.areas")}
		>
			<h3>
				{typeof cell === "string"
					? t(cell === "before" ? "zones.onlyBefore" : "zones.onlyAfter")
					: `${t(`zones.zone.${cell.from}`)} → ${t(`zones.zone.${cell.to}`)}`}
				{": "}
				{t("zones.count", { value: format.number(rows.length) })}
			</h3>
			<ul>
				{rows.map((area) => (
					<li key={area.id}>
						<UnstyledButton
							className={styles.area}
							onClick={() => select(area)}
						>
							{area.name}
						</UnstyledButton>
						<small>{areas.byId(area.parent ?? -1)?.name}</small>
					</li>
				))}
			</ul>
		</section>
	);
}

/** Labels of days that break the order of their file: what they say, and where they stand; those that matter on the day, or the others. */
function Held({ labels, now }: { labels: readonly HeldLabel[]; now: boolean }) {
	const { t, format, language } = useLanguage();
	const day = usePanelDay();
	const told = labels.filter(
		({ after, before }) =>
			((after ?? Number.NEGATIVE_INFINITY) <= day &&
				day <= (before ?? Number.POSITIVE_INFINITY)) === now,
	);
	if (told.length === 0) return null;
	const end = (one: Day | null) => (one === null ? "…" : format.day(one));
	return (
		<section
			className={styles.held}
			data-now={now || undefined}
			data-testid="zone-held"
		>
			<h3>{t("zones.held")}</h3>
			<ul>
				{told.map(({ label, after, before, possible, file, source }) => (
					<li key={`${file} ${label}`}>
						{t("zones.heldLabel", {
							label,
							after: end(after),
							before: end(before),
						})}{" "}
						{possible.length > 0 &&
							t("zones.heldPossible", {
								days: possible
									.map((one) => format.day(one))
									.join(` ${t("zones.or")} `),
							})}
						<small>
							{file} · {language === "id" ? source.id_name : source.en_name}
						</small>
					</li>
				))}
			</ul>
		</section>
	);
}
