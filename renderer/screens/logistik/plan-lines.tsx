import { Button, Switch } from "@mantine/core";
import { Fragment, useState } from "react";
import type {
	Plan,
	PlanEnd,
	PlanLine,
	PlanValuesOf,
} from "../../../core/api/plan.ts";
import type { Answered } from "../../../core/api/route.ts";
import { supplyClass } from "../../../core/logistics/supply-class.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { TableFilter } from "../../parts/table/table-filter.tsx";
import { AmountInput } from "../../parts/ui/amount-input.tsx";
import numbers from "../../parts/ui/number-button.module.css";
import { PanelNotice } from "../../parts/ui/panel.tsx";
import { giversOf, heldAt } from "./held-fast.ts";
import styles from "./plan.module.css";
import { PinTools } from "./plan-clashes.tsx";
import { SupplySign } from "./supply-words.tsx";
import type { Pins } from "./use-plan.ts";

export type PlanValues = Answered<typeof PlanValuesOf>["values"];

/** So many destinations are written out; a filter finds the others. */
const MOST_ROWS = 500;

/** What every destination of an item is sent, how, why, and what a person holds fast of it. */
export function PlanLines({
	plan,
	item,
	names,
	pins,
	values,
	valuesComing,
}: {
	plan: Plan;
	item: string;
	names: ReadonlyMap<number, PlanEnd>;
	pins: Pins;
	values: PlanValues;
	valuesComing: boolean;
}) {
	const { t, format, language } = useLanguage();
	const [filter, setFilter] = useState("");
	const [short, setShort] = useState(false);
	const [open, setOpen] = useState<string | null>(null);
	const words = filter.trim().toLowerCase();
	const about = plan.items.find((one) => one.item === item);
	const all = plan.lines.filter((line) => line.item === item);
	const found = all
		.filter(
			(line) =>
				(!short || line.unmet > 0) &&
				(words === "" ||
					(names.get(line.to)?.name ?? "").toLowerCase().includes(words)),
		)
		.sort(
			(a, b) =>
				Number(a.tier === "province") - Number(b.tier === "province") ||
				a.coverage - b.coverage ||
				b.demand - a.demand,
		);
	const shown = found.slice(0, MOST_ROWS);
	return (
		<>
			<div className={styles.tools}>
				<TableFilter
					value={filter}
					change={setFilter}
					testId="plan-filter"
					label={t("plan.table.filter")}
				/>
				<Switch
					size="xs"
					label={t("plan.table.short")}
					checked={short}
					onChange={(event) => setShort(event.currentTarget.checked)}
				/>
				<PinTools pins={pins} />
				<span>
					{t("plan.table.shown", {
						shown: format.number(shown.length),
						count: format.number(all.length),
					})}
					{about && about.notReported > 0 && (
						<>
							{" · "}
							{t("plan.table.unreported", { count: about.notReported })}
						</>
					)}
				</span>
			</div>
			<div className={styles.scroll}>
				<table data-testid="plan-lines">
					<thead>
						<tr>
							<th scope="col">{t("plan.table.to")}</th>
							<th scope="col" className="number">
								{t("plan.table.need")}
							</th>
							<th scope="col" className="number">
								{t("plan.table.sent")}
							</th>
							<th scope="col" className="number">
								{t("plan.table.covered")}
							</th>
							<th scope="col">{t("plan.table.days")}</th>
							<th scope="col">{t("plan.table.way")}</th>
							<th scope="col" className={styles.pinned}>
								{t("plan.table.pin")}
							</th>
						</tr>
					</thead>
					<tbody>
						{shown.map((line) => {
							const key = `${line.tier} ${line.to}`;
							const name = names.get(line.to)?.name ?? String(line.to);
							const [way] = line.from;
							return (
								<Fragment key={key}>
									<tr data-testid={`plan-line-${line.to}`}>
										<td>
											<button
												type="button"
												className={numbers.button}
												aria-expanded={open === key}
												aria-label={t("plan.table.open", { place: name })}
												onClick={() => setOpen(open === key ? null : key)}
											>
												{name}
											</button>
											<small>{t(`plan.reason.${line.reason}`)}</small>
										</td>
										<td className="number">{format.number(line.demand)}</td>
										<td className="number" data-testid={`plan-sent-${line.to}`}>
											{format.number(line.sent)}
										</td>
										<td className="number">
											{t("plan.percent", {
												value: Math.round(100 * line.coverage),
											})}
										</td>
										<td>
											<Days days={line.before} /> → <Days days={line.after} />
										</td>
										<td>
											{way && (
												<>
													{t(`plan.carriage.${way.carriage}`)}{" "}
													<small>
														{t("plan.table.hours", { days: way.days })},{" "}
														{t(`plan.handover.${way.handover}`)}
													</small>
												</>
											)}
										</td>
										<td className={styles.pinned}>
											{line.period === 0 ? (
												<LinePin
													line={line}
													name={name}
													itemName={about}
													plan={plan}
													pins={pins}
													names={names}
												/>
											) : (
												<small>{t("plan.pinning.firstOnly")}</small>
											)}
										</td>
									</tr>
									{open === key && (
										<tr>
											<td colSpan={7}>
												<Why
													line={line}
													plan={plan}
													names={names}
													values={values}
													valuesComing={valuesComing}
												/>
											</td>
										</tr>
									)}
								</Fragment>
							);
						})}
					</tbody>
				</table>
				{all.length === 0 && (
					<PanelNotice>
						{t("plan.fairness.none", { item: about?.name[language] ?? item })}
					</PanelNotice>
				)}
			</div>
		</>
	);
}

/** Days of supply with the sign of their class. */
function Days({ days }: { days: number | null }) {
	const { format } = useLanguage();
	return days === null ? (
		<>–</>
	) : (
		<span className={styles.days}>
			<SupplySign supply={supplyClass(days, 0)} />
			{format.count(days, 1)}
		</span>
	);
}

/** Holds fast how much goes to a place, or that nothing does. */
function LinePin({
	line,
	name,
	itemName,
	plan,
	pins,
	names,
}: {
	line: PlanLine;
	name: string;
	itemName: Plan["items"][number] | undefined;
	plan: Plan;
	pins: Pins;
	names: ReadonlyMap<number, PlanEnd>;
}) {
	const { t, language } = useLanguage();
	const [editing, setEditing] = useState(false);
	const [units, setUnits] = useState<number | string>(line.sent);
	const pinned = pins.pins.filter(
		(pin) => pin.to === line.to && pin.item === line.item,
	);
	const givers = giversOf(plan, line, names);
	if (givers.length === 0) return null;
	const pin = (amount: number) => pins.pin(heldAt(amount, line, givers));
	if (pinned.length > 0)
		return (
			<span className={styles.pins}>
				{t("plan.pinning.pinned")}
				<Button
					size="compact-xs"
					variant="default"
					data-testid={`pin-release-${line.to}`}
					onClick={() => pins.release(pinned)}
				>
					{t("plan.pinning.release")}
				</Button>
			</span>
		);
	if (!editing)
		return (
			<span className={styles.pins}>
				<Button
					size="compact-xs"
					variant="default"
					data-testid={`pin-open-${line.to}`}
					onClick={() => {
						setUnits(line.sent);
						setEditing(true);
					}}
				>
					{t("plan.pinning.set")}
				</Button>
				<Button
					size="compact-xs"
					variant="default"
					data-testid={`pin-forbid-${line.to}`}
					onClick={() => pin(0)}
				>
					{t("plan.pinning.forbid")}
				</Button>
			</span>
		);
	return (
		<form
			className={styles.pins}
			onSubmit={(event) => {
				event.preventDefault();
				setEditing(false);
				if (typeof units === "number") pin(units);
			}}
		>
			<AmountInput
				size="xs"
				w="7rem"
				min={0}
				allowDecimal={false}
				autoFocus
				aria-label={t("plan.pinning.amount", {
					item: itemName?.name[language] ?? line.item,
					place: name,
				})}
				data-testid={`pin-units-${line.to}`}
				value={units}
				onChange={setUnits}
			/>
			<Button
				size="compact-xs"
				type="submit"
				data-testid={`pin-apply-${line.to}`}
			>
				{t("plan.pinning.apply")}
			</Button>
		</form>
	);
}

/** Where the figures of a line come from, in words. */
function Why({
	line,
	plan,
	names,
	values,
	valuesComing,
}: {
	line: PlanLine;
	plan: Plan;
	names: ReadonlyMap<number, PlanEnd>;
	values: PlanValues;
	valuesComing: boolean;
}) {
	const { t, format, language } = useLanguage();
	const days = (value: number | null) =>
		value === null ? "–" : format.count(value, 1);
	const units = (value: number | null) =>
		value === null ? "–" : format.number(value);
	const value = values?.find(
		(one) =>
			one.item === line.item && one.facility === giversOf(plan, line, names)[0],
	);
	return (
		<ul className={styles.why} data-testid="plan-why">
			<li>
				{plan.periods.length > 1
					? t("plan.why.needOfRound", {
							need: format.number(line.demand),
							round: line.period + 1,
							unmet: format.number(line.unmet),
							own: line.tier === "centre" ? t("plan.why.own") : "",
						})
					: t("plan.why.need", {
							need: format.number(line.demand),
							cover: plan.cover,
							own: line.tier === "centre" ? t("plan.why.own") : "",
						})}
			</li>
			<li>
				{t("plan.why.days", {
					before: days(line.before),
					after: days(line.after),
				})}
			</li>
			<li>{t("plan.why.held", { reason: t(`plan.reason.${line.reason}`) })}</li>
			<li data-testid="plan-why-zone">
				{line.zone === null
					? t("plan.why.noZone")
					: t("plan.why.zone", { zone: t(`plan.zone.${line.zone}`) })}
			</li>
			{plan.periods.length > 1 && <li>{t("plan.why.rounds")}</li>}
			<li>
				{value
					? t("plan.why.value", {
							item:
								plan.items.find((one) => one.item === line.item)?.name[
									language
								] ?? line.item,
							saves: format.number(Number(value.saves.toFixed(3))),
						})
					: plan.tier === "both" && line.tier === "province"
						? t("plan.why.valueOfCentre")
						: t(valuesComing ? "plan.why.valueComing" : "plan.why.noValue")}
			</li>
			<li>
				{t(
					plan.periods.length > 1 ? "plan.why.rulesOfRound" : "plan.why.rules",
					{
						equal: units(line.equalShare),
						people: units(line.byPopulation),
					},
				)}
			</li>
			{line.from.map((way) => (
				<li key={way.facility}>
					{t("plan.why.way", {
						units: format.number(way.units),
						from: names.get(way.facility)?.name ?? "",
						carriage: t(`plan.carriage.${way.carriage}`),
						km: format.number(way.km),
						days: way.days,
						handover: t(`plan.handover.${way.handover}`),
					})}
				</li>
			))}
		</ul>
	);
}
