import {
	Button,
	Checkbox,
	MultiSelect,
	Select,
	TextInput,
} from "@mantine/core";
import { useState } from "react";
import type { FacilityRow } from "../../../core/api/facilities.ts";
import {
	ScenarioInputs,
	type WrittenInputs,
} from "../../../core/logistics/scenario.ts";
import { STRATA } from "../../../core/logistics/stratum.ts";
import { dayFromIso, isoFromDay } from "../../../core/series/day.ts";
import { KeptScenario } from "../../../core/workspace/scenarios.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { AmountInput } from "../../parts/ui/amount-input.tsx";
import { typedDay } from "../../parts/ui/day-input.tsx";
import type { AreaIndex } from "../../state/area-index.ts";
import { useDraftGuard } from "../../state/drafts.ts";
import { CensusFields } from "./census-fields.tsx";
import { type CensusDraft, choiceOf, draftOf } from "./census-way.ts";
import { facilitiesIn } from "./facilities-in.ts";
import styles from "./scenario.module.css";
import { ShipmentFields } from "./shipment-fields.tsx";

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
	const { t, format } = useLanguage();
	const { inputs } = scenario;
	const { census } = inputs;
	const [name, setName] = useState(scenario.name);
	const [draft, setDraft] = useState<CensusDraft>(() =>
		draftOf(census, format.day),
	);
	const [rest, setRest] = useState(inputs);
	const [shipments, setShipments] = useState(() =>
		inputs.shipments.map(({ item, units, arrives }) => ({
			item,
			units: units as number | string,
			arrives: format.day(dayFromIso(arrives) ?? Number.NaN),
		})),
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
	const submit = () => {
		const chosen = {
			...rest,
			census: choiceOf(draft, rest.weeks, census),
			shipments: shipments.map(({ item, units, arrives }) => {
				const day = typedDay(arrives) ?? null;
				return {
					item,
					units: units === "" ? null : Number(units),
					arrives: day === null ? "" : isoFromDay(day),
				};
			}),
		};
		const read = KeptScenario.safeParse({
			...scenario,
			name,
			inputs: chosen,
			from: null,
		});
		if (read.success) return keep(read.data);
		const inside = ScenarioInputs.safeParse(chosen);
		setWrong(
			name.trim() === ""
				? t("scenarios.form.name")
				: [
						...new Set(
							inside.error?.issues.map(({ path }) =>
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
			<CensusFields
				draft={draft}
				weeks={rest.weeks}
				change={(next) => {
					setDraft(next);
					setDirty(true);
				}}
			/>
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
				label={t("census.beds")}
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
			<ShipmentFields
				shipments={shipments}
				change={(next) => {
					setShipments(next);
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
