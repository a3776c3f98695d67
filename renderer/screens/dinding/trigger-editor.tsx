import { ActionIcon, Button, Select } from "@mantine/core";
import { ArrowUp, BellOff, BellRing, Plus, Trash2 } from "lucide-react";
import { FreshnessOf } from "../../../core/api/sources.ts";
import { HoldOffTrigger, RaisedTriggers } from "../../../core/api/walls.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import type { Measure } from "../../../core/series/measure.ts";
import { measuresOf } from "../../../core/series/measure.ts";
import {
	LONGEST_STAND,
	MOST_TRIGGERS,
	type Raised,
	type Rule,
	SHORTEST_STAND,
	type Trigger,
	type WatchingRule,
} from "../../../core/wall/trigger.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { AmountInput } from "../../parts/ui/amount-input.tsx";
import { useAnswer, useCommand } from "../../state/answers.ts";
import { useAreas } from "../../state/area-index.ts";
import { SHOWN_INDICATORS } from "../../state/shown-indicators.ts";
import styles from "./desk.module.css";
import { newId } from "./new-id.ts";
import { useWhyRaised } from "./raised-notice.tsx";
import type { ShownWalls } from "./use-walls.ts";

const KINDS = ["publication", "stale", "threshold", "alert"] as const;
const OFFERED = 60;

/** A rule of a kind as it is begun with. */
function begun(kind: Rule["kind"], source: string): Rule {
	const watched: Omit<WatchingRule, "kind" | "level"> = {
		indicator: "confirmed",
		measure: "new7",
		area: "ID",
		direction: "above",
		value: 1000,
		days: 1,
	};
	switch (kind) {
		case "publication":
			return { kind };
		case "stale":
			return { kind, source, days: 2 };
		case "threshold":
			return { kind, ...watched };
		case "alert":
			return { kind, level: "regency", ...watched, value: 100 };
	}
}

/** What brings a scene up by itself while a playlist runs: its rules in their order, and which of them hold now. */
export function TriggerEditor({
	playlist,
	triggers,
	change,
	walls,
}: {
	playlist: string;
	triggers: readonly Trigger[];
	change: (triggers: Trigger[]) => void;
	walls: ShownWalls;
}) {
	const { t, language } = useLanguage();
	const { data: sources } = useAnswer(FreshnessOf, {});
	const { data: raised } = useAnswer(RaisedTriggers, {});
	const named = (sources ?? []).map(({ source }) => ({
		value: source.key,
		label: language === "id" ? source.id_name : source.en_name,
	}));
	const [firstScene] = walls.scenes;
	return (
		<>
			<h2>{t("walls.triggers")}</h2>
			{triggers.length === 0 && (
				<p className="muted">{t("walls.triggersHelp")}</p>
			)}
			<ol className={styles.triggers} data-testid="triggers">
				{triggers.map((trigger, at) => (
					<TriggerRow
						key={trigger.id}
						trigger={trigger}
						first={at === 0}
						sources={named}
						walls={walls}
						raised={raised?.find(
							(one) => one.playlist === playlist && one.trigger === trigger.id,
						)}
						change={(part) =>
							change(triggers.with(at, { ...trigger, ...part }))
						}
						up={() =>
							change([
								...triggers.slice(0, at - 1),
								trigger,
								...triggers.slice(at - 1).filter((one) => one !== trigger),
							])
						}
						remove={() => change(triggers.toSpliced(at, 1))}
					/>
				))}
			</ol>
			<Button
				size="xs"
				variant="default"
				className={styles.add}
				leftSection={<Plus size="1em" aria-hidden />}
				disabled={triggers.length >= MOST_TRIGGERS || !firstScene}
				data-testid="add-trigger"
				onClick={() =>
					firstScene &&
					change([
						...triggers,
						{
							...{ id: newId(), scene: firstScene.id, seconds: 60 },
							rule: { kind: "publication" },
						},
					])
				}
			>
				{t("walls.addTrigger")}
			</Button>
		</>
	);
}

interface Named {
	value: string;
	label: string;
}

function TriggerRow({
	trigger,
	first,
	sources,
	walls,
	raised,
	change,
	up,
	remove,
}: {
	trigger: Trigger;
	first: boolean;
	sources: readonly Named[];
	walls: ShownWalls;
	raised: Raised | undefined;
	change: (part: Partial<Trigger>) => void;
	up: () => void;
	remove: () => void;
}) {
	const { t } = useLanguage();
	const why = useWhyRaised();
	const hold = useCommand(HoldOffTrigger);
	const { rule, seconds } = trigger;
	const name = t(`walls.rule.${rule.kind}`);
	const set = (part: Partial<Rule>) =>
		change({ rule: { ...rule, ...part } as Rule });
	return (
		<li>
			<Select
				size="xs"
				className={styles.rule}
				aria-label={t("walls.ruleKind")}
				data-testid="trigger-kind"
				allowDeselect={false}
				value={rule.kind}
				data={KINDS.map((kind) => ({
					value: kind,
					label: t(`walls.rule.${kind}`),
				}))}
				onChange={(kind) =>
					change({
						rule: begun(kind as Rule["kind"], sources[0]?.value ?? "portal"),
						...(kind === "publication" && { seconds: seconds ?? 60 }),
					})
				}
			/>
			{rule.kind === "stale" && (
				<>
					<Select
						size="xs"
						searchable
						allowDeselect={false}
						aria-label={t("freshness.source")}
						value={rule.source}
						data={[...sources]}
						onChange={(source) => source && set({ source })}
					/>
					<Whole
						label={t("walls.silentDays")}
						value={rule.days}
						most={90}
						take={(days) => set({ days })}
					/>
				</>
			)}
			{(rule.kind === "threshold" || rule.kind === "alert") && (
				<Watched rule={rule} set={set} />
			)}
			<Select
				size="xs"
				searchable
				allowDeselect={false}
				aria-label={t("walls.triggerScene")}
				leftSection={<small>{t("walls.triggerScene")}</small>}
				leftSectionWidth="5rem"
				data-testid="trigger-scene"
				value={trigger.scene}
				data={walls.scenes.map(({ id, name }) => ({ value: id, label: name }))}
				onChange={(scene) => scene && change({ scene })}
			/>
			<Select
				size="xs"
				aria-label={t("walls.stands")}
				allowDeselect={false}
				value={seconds === null ? "while" : "for"}
				data={[
					{ value: "for", label: t("walls.standsFor") },
					...(rule.kind === "publication"
						? []
						: [{ value: "while", label: t("walls.standsWhile") }]),
				]}
				onChange={(how) => change({ seconds: how === "while" ? null : 60 })}
			/>
			{seconds !== null && (
				<Whole
					label={t("walls.seconds")}
					value={seconds}
					least={SHORTEST_STAND}
					most={LONGEST_STAND}
					suffix=" s"
					take={(seconds) => change({ seconds })}
				/>
			)}
			<ActionIcon
				variant="default"
				aria-label={`${t("walls.up")}: ${name}`}
				disabled={first}
				onClick={up}
			>
				<ArrowUp size="1em" />
			</ActionIcon>
			<ActionIcon
				variant="default"
				aria-label={`${t("walls.remove")}: ${name}`}
				onClick={remove}
			>
				<Trash2 size="1em" />
			</ActionIcon>
			{raised && (
				<p className={styles.holds} role="status" data-testid="trigger-holds">
					{t(raised.heldOff ? "walls.heldOff" : "walls.holdsNow", {
						why: why(raised),
					})}{" "}
					<Button
						size="compact-xs"
						variant="default"
						leftSection={
							raised.heldOff ? (
								<BellRing size="1em" aria-hidden />
							) : (
								<BellOff size="1em" aria-hidden />
							)
						}
						data-testid="hold-off"
						onClick={() =>
							hold.mutate({
								...{ playlist: raised.playlist, trigger: raised.trigger },
								off: !raised.heldOff,
							})
						}
					>
						{t(raised.heldOff ? "walls.letUp" : "walls.holdOff")}
					</Button>
				</p>
			)}
		</li>
	);
}

/** A figure that is watched: which, where, and from where on. */
function Watched({
	rule,
	set,
}: {
	rule: WatchingRule;
	set: (part: Partial<WatchingRule>) => void;
}) {
	const { t } = useLanguage();
	const { upper } = useAreas();
	return (
		<>
			{rule.kind === "alert" && (
				<Select
					size="xs"
					allowDeselect={false}
					aria-label={t("level.label")}
					value={rule.level}
					data={(["regency", "province"] as const).map((level) => ({
						value: level,
						label: t(`level.${level}`),
					}))}
					onChange={(level) => set({ level: level as "regency" | "province" })}
				/>
			)}
			<Select
				size="xs"
				searchable
				allowDeselect={false}
				limit={OFFERED}
				aria-label={t("walls.area")}
				value={rule.area}
				data={(upper?.all ?? [])
					.filter(({ unknownPlace }) => !unknownPlace)
					.map(({ code, name }) => ({
						value: code,
						label: `${name} · ${code}`,
					}))}
				onChange={(area) => area && set({ area })}
			/>
			<Select
				size="xs"
				allowDeselect={false}
				aria-label={t("indicator.label")}
				value={rule.indicator}
				data={SHOWN_INDICATORS.map((key) => ({
					value: key,
					label: t(`indicator.${key}`),
				}))}
				onChange={(key) => {
					const indicator = key as IndicatorKey;
					const measures = measuresOf(indicator);
					set({
						indicator,
						measure: measures.includes(rule.measure) ? rule.measure : "total",
					});
				}}
			/>
			<Select
				size="xs"
				allowDeselect={false}
				aria-label={t("measure.label")}
				value={rule.measure}
				data={measuresOf(rule.indicator).map((key) => ({
					value: key,
					label: t(`measure.${key}`),
				}))}
				onChange={(measure) => set({ measure: measure as Measure })}
			/>
			<Select
				size="xs"
				allowDeselect={false}
				aria-label={t("walls.direction")}
				value={rule.direction}
				data={(["above", "below"] as const).map((one) => ({
					value: one,
					label: t(`walls.directions.${one}`),
				}))}
				onChange={(direction) =>
					set({ direction: direction as "above" | "below" })
				}
			/>
			<AmountInput
				size="xs"
				className={styles.seconds}
				aria-label={t("walls.limit")}
				decimalScale={2}
				value={rule.value}
				onChange={(value) => {
					if (typeof value === "number" && Number.isFinite(value))
						set({ value });
				}}
			/>
			<Whole
				label={t("walls.daysInARow")}
				value={rule.days}
				most={28}
				take={(days) => set({ days })}
			/>
		</>
	);
}

/** A whole number that is taken as soon as it lies within its bounds. */
function Whole({
	label,
	value,
	least = 1,
	most,
	suffix,
	take,
}: {
	label: string;
	value: number;
	least?: number;
	most: number;
	suffix?: string;
	take: (value: number) => void;
}) {
	return (
		<AmountInput
			size="xs"
			className={styles.whole}
			label={label}
			min={least}
			max={most}
			clampBehavior="blur"
			allowDecimal={false}
			suffix={suffix ?? ""}
			value={value}
			onChange={(next) => {
				if (typeof next === "number" && next >= least && next <= most)
					take(next);
			}}
		/>
	);
}
