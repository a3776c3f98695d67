import {
	Button,
	Checkbox,
	MultiSelect,
	Select,
	Textarea,
	TextInput,
} from "@mantine/core";
import { useState } from "react";
import type { FacilityRow } from "../../../core/api/facilities.ts";
import {
	ScenarioInputs,
	type WrittenInputs,
} from "../../../core/logistics/scenario.ts";
import { STRATA } from "../../../core/logistics/stratum.ts";
import { KeptScenario } from "../../../core/workspace/scenarios.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { AmountInput } from "../../parts/ui/amount-input.tsx";
import type { AreaIndex } from "../../state/area-index.ts";
import { useDraftGuard } from "../../state/drafts.ts";
import { facilitiesIn } from "./facilities-in.ts";
import styles from "./scenario.module.css";
import { WAYS, type Way, wayOf } from "./scenario-words.ts";

const SEVERITIES = ["mild", "moderate", "severe", "critical"] as const;

/** All that a scenario assumes, to be changed. */
export function ScenarioForm({
	scenario,
	facilities,
	areas,
	keep,
	cancel,
}: {
	scenario: KeptScenario;
	facilities: readonly FacilityRow[];
	areas: AreaIndex;
	keep: (scenario: KeptScenario) => void;
	cancel: () => void;
}) {
	const { t } = useLanguage();
	const { inputs } = scenario;
	const { census } = inputs;
	const [name, setName] = useState(scenario.name);
	const [way, setWay] = useState<Way>(wayOf(census));
	const [doubling, setDoubling] = useState<number | string>(
		census.method === "chime" && census.fit.by === "doubling-time"
			? census.fit.doublingTime
			: census.method === "renewal"
				? (census.doublingDays ?? 9)
				: 9,
	);
	const [firstDay, setFirstDay] = useState(
		census.method === "chime" && census.fit.by === "first-hospitalized"
			? census.fit.day
			: "",
	);
	const [hand, setHand] = useState(
		census.method === "hand"
			? census.weeks
					.map((week) => SEVERITIES.map((one) => week[one] ?? "").join(", "))
					.join("\n")
			: "",
	);
	const [rest, setRest] = useState(inputs);
	const [shipments, setShipments] = useState(
		inputs.shipments
			.map(({ item, units, arrives }) => `${item}, ${units}, ${arrives}`)
			.join("\n"),
	);
	const [wrong, setWrong] = useState<string | null>(null);
	const [dirty, setDirty] = useState(false);
	useDraftGuard(dirty);
	const change = (part: Partial<WrittenInputs>) => {
		setRest({ ...rest, ...part });
		setDirty(true);
	};
	const area = areas.byCode(inputs.area);
	const choices = (kind: FacilityRow["kind"]) =>
		(area ? facilitiesIn(facilities, area, areas) : [])
			.filter((one) => one.kind === kind)
			.map(({ code, name }) => ({ value: code, label: name }));
	const chosenCensus = (): unknown => {
		switch (way) {
			case "chime":
				return {
					method: "chime",
					fit: { by: "doubling-time", doublingTime: Number(doubling) },
				};
			case "first":
				return {
					method: "chime",
					fit: { by: "first-hospitalized", day: firstDay.trim() },
				};
			case "doubling":
				return { method: "renewal", doublingDays: Number(doubling) };
			case "hand":
				return {
					method: "hand",
					weeks: lines(hand).map((line) =>
						Object.fromEntries(
							SEVERITIES.map((one, at) => {
								const text = line.split(",")[at]?.trim() ?? "";
								return [one, text === "" ? null : typedNumber(text)];
							}),
						),
					),
				};
			default:
				return { method: way };
		}
	};
	const submit = () => {
		// What of the way was chosen elsewhere, as shares and stays in a file, stays while the way stays.
		const same = way === wayOf(census) && way !== "hand";
		const made = chosenCensus() as object;
		const read = KeptScenario.safeParse({
			...scenario,
			name,
			inputs: {
				...rest,
				census: same ? { ...census, ...made } : made,
				shipments: lines(shipments).map((line) => {
					const [item, units, arrives] = line
						.split(",")
						.map((part) => part.trim());
					return { item, units: typedNumber(units ?? ""), arrives };
				}),
			},
			from: null,
		});
		if (read.success) return keep(read.data);
		const inside = ScenarioInputs.safeParse({
			...rest,
			census: same ? { ...census, ...made } : made,
			shipments: [],
		});
		setWrong(
			name.trim() === ""
				? t("scenarios.form.name")
				: inside.success
					? t("scenarios.inputs.shipments")
					: [
							...new Set(
								inside.error.issues.map(({ path }) =>
									t(`scenarios.inputs.${String(path[0]) as "weeks"}`),
								),
							),
						].join(", "),
		);
	};
	return (
		<form
			className={styles.form}
			data-testid="scenario-form"
			onSubmit={(event) => {
				event.preventDefault();
				submit();
			}}
		>
			<TextInput
				size="xs"
				label={t("scenarios.form.name")}
				value={name}
				maxLength={80}
				onChange={(event) => {
					setName(event.currentTarget.value);
					setDirty(true);
				}}
			/>
			<Select
				size="xs"
				label={t("scenarios.form.census")}
				data-testid="scenario-way"
				allowDeselect={false}
				value={way}
				data={WAYS.map((one) => ({
					value: one,
					label: t(`scenarios.form.censusOf.${one}`),
				}))}
				onChange={(one) => {
					setWay(one as Way);
					setDirty(true);
				}}
			/>
			{(way === "chime" || way === "doubling") && (
				<AmountInput
					size="xs"
					label={t("scenarios.form.doubling")}
					value={doubling}
					onChange={(value) => {
						setDoubling(value);
						setDirty(true);
					}}
				/>
			)}
			{way === "first" && (
				<TextInput
					size="xs"
					label={t("scenarios.form.firstDay")}
					value={firstDay}
					onChange={(event) => {
						setFirstDay(event.currentTarget.value);
						setDirty(true);
					}}
				/>
			)}
			{way === "hand" && (
				<Textarea
					size="xs"
					rows={4}
					label={t("scenarios.form.hand")}
					value={hand}
					onChange={(event) => {
						setHand(event.currentTarget.value);
						setDirty(true);
					}}
				/>
			)}
			<AmountInput
				size="xs"
				label={t("scenarios.form.weeks")}
				min={1}
				max={12}
				allowDecimal={false}
				value={rest.weeks}
				onChange={(value) => change({ weeks: Number(value) })}
			/>
			<Checkbox
				size="xs"
				label={t("scenarios.form.beds")}
				checked={rest.beds}
				onChange={(event) => change({ beds: event.currentTarget.checked })}
			/>
			<Select
				size="xs"
				label={t("scenarios.form.use")}
				allowDeselect={false}
				value={rest.use}
				data={(["reported", "modelled"] as const).map((one) => ({
					value: one,
					label: t(`logistics.uses.${one}`),
				}))}
				onChange={(one) => change({ use: one as WrittenInputs["use"] })}
			/>
			<Select
				size="xs"
				label={t("scenarios.form.stratum")}
				allowDeselect={false}
				value={rest.stratum}
				data={STRATA.map((one) => ({
					value: one,
					label: t(`logistics.strata.${one}`),
				}))}
				onChange={(one) => change({ stratum: one as WrittenInputs["stratum"] })}
			/>
			<AmountInput
				size="xs"
				label={t("scenarios.form.reuse")}
				min={1}
				max={20}
				value={rest.reuse}
				onChange={(value) => change({ reuse: Number(value) })}
			/>
			<MultiSelect
				size="xs"
				searchable
				label={t("scenarios.form.warehouses")}
				value={rest.warehousesLost}
				data={choices("warehouse")}
				onChange={(warehousesLost) => change({ warehousesLost })}
			/>
			<MultiSelect
				size="xs"
				searchable
				label={t("scenarios.form.laboratories")}
				value={rest.laboratoriesStopped}
				data={choices("laboratory")}
				limit={50}
				onChange={(laboratoriesStopped) => change({ laboratoriesStopped })}
			/>
			<AmountInput
				size="xs"
				label={t("scenarios.form.late")}
				min={0}
				max={84}
				allowDecimal={false}
				value={rest.shipmentsLateDays}
				onChange={(value) => change({ shipmentsLateDays: Number(value) })}
			/>
			<Textarea
				size="xs"
				rows={2}
				label={t("scenarios.form.shipments")}
				placeholder="stock_gown, 5000, 2020-12-31"
				value={shipments}
				onChange={(event) => {
					setShipments(event.currentTarget.value);
					setDirty(true);
				}}
			/>
			{wrong !== null && (
				<p role="alert">{t("scenarios.form.wrong", { what: wrong })}</p>
			)}
			<div className={styles.tools}>
				<Button size="xs" type="submit" data-testid="scenario-keep">
					{t("scenarios.form.keep")}
				</Button>
				<Button size="xs" variant="default" onClick={cancel}>
					{t("scenarios.form.cancel")}
				</Button>
			</div>
		</form>
	);
}

/** A number of a line whose commas part its fields. `5.000` is five thousand to one and five to another: it is no number, and the field is named. */
function typedNumber(text: string): number {
	return /^\d+(\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN;
}

function lines(text: string): string[] {
	return text
		.split("\n")
		.map((line) => line.trim())
		.filter((line) => line !== "");
}
