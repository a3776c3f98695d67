import { useState } from "react";
import type { FacilityRow } from "../../../core/api/facilities.ts";
import {
	type FacilityStaff,
	FacilityStaffOf,
	type ToldStaff,
} from "../../../core/api/staff.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import numbers from "../../parts/ui/number-button.module.css";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useAnswer } from "../../state/answers.ts";
import styles from "./facility.module.css";
import { OriginDrawer, type OriginOf } from "./origin-drawer.tsx";

/** Who works at a facility, beside whom it says that it needs and whom its patients take; drawn only where there are staff to tell of. */
export function StaffPanel({
	facility,
	day,
	asKnown,
}: {
	facility: FacilityRow;
	day: number;
	asKnown: number | null;
}) {
	const { t, format, language } = useLanguage();
	const [opened, setOpened] = useState(false);
	const { data, error, refetch } = useAnswer(
		FacilityStaffOf,
		{ facility: facility.id, day, as_known: asKnown },
		{ keepLast: true, enabled: facility.kind !== "warehouse" },
	);
	if (facility.kind === "warehouse") return null;
	const staff = data?.facility === facility.id ? data : undefined;
	const count = (value: number | null | undefined) =>
		value === null || value === undefined ? "–" : format.count(value, 0);
	const opens = (text: string, testId?: string) => (
		<button
			type="button"
			className={numbers.button}
			title={t("value.explain")}
			data-testid={testId}
			onClick={() => setOpened(true)}
		>
			{text}
		</button>
	);
	const said = (told: ToldStaff | null) =>
		told === null ? (
			count(null)
		) : (
			<>
				{opens(count(told.value))}
				{told.age > 0 && (
					<small> {t("logistics.staff.age", { days: told.age })}</small>
				)}
			</>
		);
	const unreported =
		staff?.groups.every(
			({ present, needed }) => present === null && needed === null,
		) ?? false;
	return (
		<Panel
			title={t("logistics.staff.title")}
			testId="facility-staff"
			className={styles.staff ?? ""}
		>
			{!staff ? (
				error ? (
					<PanelFailure error={error} again={refetch} />
				) : (
					<PanelNotice>{t("app.loading")}</PanelNotice>
				)
			) : (
				<>
					<table>
						<thead>
							<tr>
								<th scope="col">{t("logistics.staff.group")}</th>
								<th scope="col" className="number">
									{t("logistics.staff.present")}
								</th>
								<th scope="col" className="number">
									{t("logistics.staff.needed")}
								</th>
								<th scope="col" className="number">
									{t("logistics.staff.short")}
								</th>
							</tr>
						</thead>
						<tbody>
							{staff.groups.map(({ group, present, needed, short }) => (
								<tr key={group} data-testid={`staff-${group}`}>
									<th scope="row">{t(`logistics.staff.of.${group}`)}</th>
									<td className="number">{said(present)}</td>
									<td className="number">{said(needed)}</td>
									<td className="number">{count(short)}</td>
								</tr>
							))}
							{facility.kind === "hospital" && (
								<tr data-testid="staff-modelled">
									<th scope="row">{t("logistics.staff.modelled")}</th>
									<td className="number">{said(staff.workers)}</td>
									<td className="number">
										{opens(count(staff.modelled), "staff-explain")}
									</td>
									<td className="number">{count(staff.short)}</td>
								</tr>
							)}
						</tbody>
					</table>
					{unreported && (
						<p className={styles.unreported}>
							{t("logistics.staff.unreported")}
						</p>
					)}
					<OriginDrawer
						about={
							opened ? `${facility.name} · ${format.day(staff.day)}` : null
						}
						figures={originOfStaff(staff)}
						notes={[t("logistics.staff.rule")]}
						close={() => setOpened(false)}
					/>
				</>
			)}
		</Panel>
	);

	function originOfStaff({
		groups,
		workers,
		patients,
		perPatient,
		modelled,
		short,
	}: FacilityStaff): OriginOf[] {
		const rate = format.exact;
		const source = (told: { day: number; source: ToldStaff["source"] }) =>
			t("logistics.staff.told", {
				day: format.day(told.day),
				source: told.source?.[`${language}_name`] ?? t("logistics.unknown"),
			});
		const reported = groups.flatMap(({ group, ...told }) =>
			(["present", "needed"] as const).flatMap((what): OriginOf[] => {
				const one = told[what];
				return one
					? [
							{
								key: `${group} ${what}`,
								name: t(`logistics.staff.of.${group}`),
								result: count(one.value),
								named: t(`logistics.staff.${what}`),
								filled: null,
								notes: [source(one)],
							},
						]
					: [];
			}),
		);
		if (facility.kind !== "hospital") return reported;
		return [
			...reported,
			{
				key: "modelled",
				name: t("logistics.staff.modelled"),
				result:
					modelled === null
						? t("logistics.unknown")
						: format.count(modelled, 1),
				named: t("logistics.staff.formula"),
				filled:
					patients &&
					`${count(patients.severe)} × ${rate(perPatient.severe)} + ${count(patients.critical)} × ${rate(perPatient.critical)}`,
				notes: patients ? [source(patients)] : [],
			},
			{
				key: "workers",
				name: t("logistics.staff.workers"),
				result: count(workers?.value),
				named: t("logistics.staff.sum"),
				filled: null,
				notes: workers ? [source(workers)] : [],
			},
			{
				key: "short",
				name: t("logistics.staff.short"),
				result:
					short === null ? t("logistics.unknown") : format.count(short, 1),
				named: t("logistics.staff.shortFormula"),
				filled:
					modelled === null || workers === null
						? null
						: `max(0; ${rate(modelled)} − ${count(workers.value)})`,
			},
		];
	}
}
