import { Select } from "@mantine/core";
import { addTexts } from "../../i18n/add-texts.ts";
import { censusEn } from "../../i18n/census-en.ts";
import { censusId } from "../../i18n/census-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { AmountInput } from "../../parts/ui/amount-input.tsx";
import { DayInput } from "../../parts/ui/day-input.tsx";
import styles from "./census.module.css";
import {
	type CensusDraft,
	handWeeks,
	SEVERITIES,
	WAYS,
	type Way,
} from "./census-way.ts";

addTexts("census", { id: censusId, en: censusEn });

/** In which way patients ahead are told, and what that way needs to be told. */
export function CensusFields({
	draft,
	weeks,
	change,
}: {
	draft: CensusDraft;
	weeks: number;
	change: (draft: CensusDraft) => void;
}) {
	const { t, format } = useLanguage();
	const { way, doubling, firstDay, fewerContacts, fewerFrom } = draft;
	const severityOf = (one: (typeof SEVERITIES)[number]) =>
		t(`logistics.column.patients_${one}`);
	return (
		<>
			<Select
				size="xs"
				className={styles.way ?? ""}
				label={t("census.way")}
				data-testid="census-way"
				allowDeselect={false}
				value={way}
				data={WAYS.map((one) => ({
					value: one,
					label: t(`census.ways.${one}`),
				}))}
				onChange={(one) => change({ ...draft, way: one as Way })}
			/>
			{(way === "chime" || way === "doubling") && (
				<AmountInput
					size="xs"
					className={styles.amount ?? ""}
					label={t("census.doubling")}
					data-testid="census-doubling"
					value={doubling}
					onChange={(value) => change({ ...draft, doubling: value })}
				/>
			)}
			{way === "first" && (
				<DayInput
					size="xs"
					className={styles.day ?? ""}
					label={t("census.firstDay")}
					data-testid="census-first"
					text={firstDay}
					change={(text) => change({ ...draft, firstDay: text })}
				/>
			)}
			{(way === "chime" || way === "first") && (
				<>
					<AmountInput
						size="xs"
						className={styles.amount ?? ""}
						label={t("census.fewerContacts")}
						data-testid="census-contacts"
						min={0}
						max={100}
						value={fewerContacts}
						onChange={(value) => change({ ...draft, fewerContacts: value })}
					/>
					<DayInput
						size="xs"
						className={styles.day ?? ""}
						label={t("census.fewerFrom")}
						data-testid="census-contacts-from"
						placeholder={t("census.fromReports")}
						text={fewerFrom}
						change={(text) => change({ ...draft, fewerFrom: text })}
					/>
				</>
			)}
			{way === "hand" && (
				<fieldset className={styles.hand} data-testid="census-hand">
					<legend>{t("census.hand")}</legend>
					<table>
						<thead>
							<tr>
								<td />
								{SEVERITIES.map((one) => (
									<th key={one} scope="col">
										{severityOf(one)}
									</th>
								))}
							</tr>
						</thead>
						<tbody>
							{handWeeks(draft, weeks).map((week, at) => (
								// biome-ignore lint/suspicious/noArrayIndexKey: a week is its place
								<tr key={at}>
									<th scope="row">
										{t("census.week", { week: format.number(at + 1) })}
									</th>
									{SEVERITIES.map((one) => (
										<td key={one}>
											<AmountInput
												size="xs"
												hideControls
												min={0}
												aria-label={t("census.ofWeek", {
													week: format.number(at + 1),
													severity: severityOf(one),
												})}
												value={week[one]}
												onChange={(value) =>
													change({
														...draft,
														hand: handWeeks(draft, weeks).map((was, place) =>
															place === at
																? {
																		...was,
																		[one]: value === "" ? "" : Number(value),
																	}
																: was,
														),
													})
												}
											/>
										</td>
									))}
								</tr>
							))}
						</tbody>
					</table>
				</fieldset>
			)}
		</>
	);
}
