import {
	Button,
	NumberInput,
	Popover,
	SegmentedControl,
	Select,
	Switch,
	TextInput,
} from "@mantine/core";
import { Columns2 } from "lucide-react";
import { type ReactNode, useId, useMemo, useState } from "react";
import { useStore } from "zustand";
import type { AreaRow } from "../../../core/api/areas.ts";
import {
	type Against,
	FURTHEST,
	textOfAgainst,
} from "../../../core/series/against.ts";
import type { Day } from "../../../core/series/day.ts";
import { clock } from "../../clock/use-clock.ts";
import { dayFromText } from "../../i18n/format.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { SHOWN_INDICATORS } from "../../state/shown-indicators.ts";
import styles from "./compare.module.css";
import { compareChoices } from "./compare-choices.ts";
import {
	BYS,
	type By,
	GRIDS,
	type Grid,
	hasTwoMaps,
	MODES,
	type Mode,
	WEEKS,
} from "./compare-search.ts";
import type { Choice } from "./use-choice.ts";
import { areaBeside, indicatorBeside, useAgainst } from "./use-compared.ts";

/** What the map is compared with, and how: one button, with everything there is to choose behind it. */
export function CompareControl({
	areas,
	selected,
	choice,
}: {
	areas: AreaIndex;
	selected: AreaRow;
	choice: Choice;
}) {
	const { t } = useLanguage();
	const { search, changeSearch, indicator } = choice;
	const mode = search.compare;
	const { opened } = useStore(compareChoices);
	const hasTwo = hasTwoMaps(mode);
	return (
		<Popover
			position="bottom-end"
			width={380}
			trapFocus
			opened={opened}
			onChange={(next) => compareChoices.setState({ opened: next })}
		>
			<Popover.Target>
				<Button
					size="compact-sm"
					variant={mode === "off" ? "default" : "filled"}
					leftSection={<Columns2 size="1.1em" />}
					data-testid="compare"
					onClick={() => compareChoices.setState({ opened: !opened })}
				>
					{t("compare.control")}
				</Button>
			</Popover.Target>
			<Popover.Dropdown className={styles.choices}>
				<Group name={t("compare.mode")}>
					<SegmentedControl
						orientation="vertical"
						size="xs"
						fullWidth
						data-testid="compare-mode"
						value={mode}
						data={MODES.map((key) => ({
							value: key,
							label: t(`compare.modes.${key}`),
						}))}
						onChange={(next) =>
							changeSearch({ compare: next as Mode, only: "" })
						}
					/>
				</Group>
				{hasTwo && (
					<Group name={t("compare.by")}>
						<SegmentedControl
							size="xs"
							fullWidth
							data-testid="compare-by"
							value={search.by}
							data={BYS.map((key) => ({
								value: key,
								label: t(`compare.bys.${key}`),
							}))}
							onChange={(next) => changeSearch({ by: next as By })}
						/>
					</Group>
				)}
				{(mode === "difference" || (hasTwo && search.by === "day")) && (
					<AgainstChoice choice={choice} />
				)}
				{hasTwo && search.by === "indicator" && (
					<Select
						size="xs"
						label={t("compare.with")}
						data-testid="compare-with"
						allowDeselect={false}
						comboboxProps={{ withinPortal: false }}
						value={
							search.with === "" || search.with === indicator
								? indicatorBeside(indicator)
								: search.with
						}
						data={SHOWN_INDICATORS.filter((key) => key !== indicator).map(
							(key) => ({ value: key, label: t(`indicator.${key}`) }),
						)}
						onChange={(value) =>
							changeSearch({
								with: SHOWN_INDICATORS.find((key) => key === value) ?? "",
							})
						}
					/>
				)}
				{hasTwo && search.by === "area" && (
					<BesideChoice areas={areas} selected={selected} choice={choice} />
				)}
				{mode === "many" && (
					<Group name={t("compare.grid")}>
						<SegmentedControl
							size="xs"
							fullWidth
							data-testid="compare-grid"
							value={search.grid}
							data={GRIDS.map((key) => ({
								value: key,
								label: t(`compare.grids.${key}`),
							}))}
							onChange={(next) => changeSearch({ grid: next as Grid })}
						/>
						{search.grid === "weeks" && (
							<SegmentedControl
								size="xs"
								fullWidth
								aria-label={t("compare.weeks")}
								value={search.weeks}
								data={[...WEEKS]}
								onChange={(next) =>
									changeSearch({ weeks: next as (typeof WEEKS)[number] })
								}
							/>
						)}
						{search.grid !== "weeks" && (
							<Switch
								size="xs"
								label={t("compare.own")}
								data-testid="compare-own"
								checked={search.own ?? false}
								onChange={({ currentTarget }) =>
									changeSearch({ own: currentTarget.checked })
								}
							/>
						)}
					</Group>
				)}
			</Popover.Dropdown>
		</Popover>
	);
}

function Group({ name, children }: { name: string; children: ReactNode }) {
	const id = useId();
	return (
		// biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as the others are
		<div role="group" aria-labelledby={id} className={styles.group}>
			<small id={id}>{name}</small>
			{children}
		</div>
	);
}

/** The other day: one that stays, or one at a constant distance before the clock. */
function AgainstChoice({ choice }: { choice: Choice }) {
	const { t, format } = useLanguage();
	const { against, dayOf } = useAgainst(choice);
	const [draft, setDraft] = useState<string | null>(null);
	const [wrong, setWrong] = useState(false);
	const change = (next: Against) =>
		choice.changeSearch({ against: textOfAgainst(next) });
	const commit = () => {
		if (draft === null) return;
		const typed = dayFromText(draft);
		setWrong(typed === undefined);
		if (typed === undefined) return;
		setDraft(null);
		change({ kind: "on", day: typed });
	};
	return (
		<Group name={t("compare.against")}>
			<SegmentedControl
				size="xs"
				fullWidth
				data-testid="compare-against"
				value={against.kind}
				data={[
					{ value: "on", label: t("compare.fixed") },
					{ value: "before", label: t("compare.distance") },
				]}
				onChange={(kind) => {
					const day: Day = dayOf(clock.day);
					change(
						kind === "on"
							? { kind: "on", day }
							: {
									kind: "before",
									days: Math.min(FURTHEST, Math.max(1, clock.day - day)),
								},
					);
				}}
			/>
			{against.kind === "on" ? (
				<TextInput
					size="xs"
					aria-label={t("compare.against")}
					data-testid="against-day"
					value={draft ?? format.day(against.day)}
					error={wrong ? t("playback.badDate") : undefined}
					onFocus={(event) => event.currentTarget.select()}
					onChange={(event) => {
						setWrong(false);
						setDraft(event.currentTarget.value);
					}}
					onBlur={commit}
					onKeyDown={(event) => {
						if (event.key === "Enter") commit();
					}}
				/>
			) : (
				<NumberInput
					size="xs"
					aria-label={t("compare.daysBefore")}
					data-testid="against-days"
					min={1}
					max={FURTHEST}
					allowDecimal={false}
					clampBehavior="strict"
					suffix={` ${t("compare.before")}`}
					value={against.days}
					onChange={(value) => {
						const days = Number(value);
						if (Number.isInteger(days) && days >= 1 && days <= FURTHEST)
							change({ kind: "before", days });
					}}
				/>
			)}
		</Group>
	);
}

function BesideChoice({
	areas,
	selected,
	choice,
}: {
	areas: AreaIndex;
	selected: AreaRow;
	choice: Choice;
}) {
	const { t } = useLanguage();
	const offered = useMemo(
		() =>
			[...areas.at("province"), ...areas.at("regency")]
				.filter(({ unknownPlace }) => !unknownPlace)
				.map(({ code, name }) => ({ value: code, label: `${name} (${code})` })),
		[areas],
	);
	return (
		<Select
			size="xs"
			label={t("compare.beside")}
			data-testid="compare-beside"
			searchable
			limit={40}
			allowDeselect={false}
			comboboxProps={{ withinPortal: false }}
			nothingFoundMessage={t("compare.noArea")}
			value={areaBeside(areas, selected, choice.search.beside).code}
			data={offered}
			onChange={(code) => choice.changeSearch({ beside: code ?? "" })}
		/>
	);
}
