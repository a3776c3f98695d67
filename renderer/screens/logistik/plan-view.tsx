import { SegmentedControl } from "@mantine/core";
import { useMemo } from "react";
import { DraftOrder } from "../../../core/api/orders.ts";
import { type Plan, PlanOf, PlanValuesOf } from "../../../core/api/plan.ts";
import { watchedIn } from "../../../core/logistics/watched-item.ts";
import { addTexts } from "../../i18n/add-texts.ts";
import { logisticsPlanEn } from "../../i18n/logistics-plan-en.ts";
import { logisticsPlanId } from "../../i18n/logistics-plan-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Stopped, Working } from "../../parts/ui/computing.tsx";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { BackendError } from "../../state/ask.ts";
import { leave } from "../../state/drafts.ts";
import { useMay } from "../../state/session.ts";
import { useStoppable } from "../../state/stoppable.ts";
import { DraftOrders } from "./draft-orders.tsx";
import { FairnessStrip } from "./fairness-strip.tsx";
import { OrdersList } from "./orders-list.tsx";
import styles from "./plan.module.css";
import { PlanClashes } from "./plan-clashes.tsx";
import { PlanItems } from "./plan-items.tsx";
import { PlanLines } from "./plan-lines.tsx";
import { PlanMap } from "./plan-map.tsx";
import { PlanOptions } from "./plan-options.tsx";
import { usePins, usePlanChoice, useShownPlan } from "./use-plan.ts";
import type { ViewProps } from "./view-props.ts";

addTexts("plan", { id: logisticsPlanId, en: logisticsPlanEn });

const PARTS = ["lines", "items", "orders"] as const;

/** Who is sent what: the plan, its pins, what it does for whom, and the orders that become of it. */
export default function PlanView({ areas, selected, select }: ViewProps) {
	const { t, format } = useLanguage();
	const choice = usePlanChoice(areas, selected);
	const { search, changeSearch, asked, area } = choice;
	const { query, progress, stopped, stop, again } = useStoppable(
		PlanOf,
		choice.asked,
	);
	const pins = usePins(choice);
	const may = useMay(DraftOrder);
	const item = watchedIn(search.item).item;
	const { plan, round } = useShownPlan(query.data, choice);
	const working = query.isFetching;
	const values = useAnswer(PlanValuesOf, asked, {
		enabled: plan?.kind === "plan" && !query.isPlaceholderData,
	});
	const names = useMemo(
		() =>
			new Map(
				[...(plan?.warehouses ?? []), ...(plan?.places ?? [])].map((end) => [
					end.facility,
					end,
				]),
			),
		[plan],
	);
	return (
		<div className={styles.view} data-testid="plan-view">
			<PlanOptions choice={choice} />
			<div className={styles.parts}>
				<div className={styles.left}>
					<PlanMap
						areas={areas}
						selected={selected}
						select={select}
						choice={choice}
						plan={plan}
						item={item}
						error={query.error}
						again={again}
					/>
					{plan?.kind === "plan" && (
						<FairnessStrip plan={plan} item={item} names={names} />
					)}
				</div>
				<Panel
					title={t("plan.title")}
					subtitle={`${area.name} · ${format.day(asked.day)}`}
					testId="plan-panel"
					className={styles.panel ?? ""}
					tools={
						<SegmentedControl
							size="xs"
							aria-label={t("plan.part")}
							data-testid="plan-part"
							value={search.part}
							data={PARTS.map((part) => ({
								value: part,
								label: t(`plan.parts.${part}`),
							}))}
							onChange={(part) =>
								leave(() => changeSearch({ part: part as typeof search.part }))
							}
						/>
					}
				>
					{search.part === "orders" ? (
						<OrdersList day={asked.day} />
					) : (
						<>
							{working && <Working progress={progress} stop={stop} />}
							{plan && !stopped && (
								<LeftOut plan={plan} item={item} areas={areas} />
							)}
							{stopped ? (
								<Stopped again={again} />
							) : query.error && !plan ? (
								<PanelFailure error={query.error} again={again}>
									{query.error instanceof BackendError &&
									query.error.status === 403
										? t("plan.noTier")
										: undefined}
								</PanelFailure>
							) : !plan ? (
								!working && <PanelNotice>{t("app.loading")}</PanelNotice>
							) : plan.kind === "conflict" ? (
								<PlanClashes plan={plan} names={names} pins={pins} />
							) : plan.kind !== "plan" ? (
								<PanelNotice>
									{plan.kind === "nothing"
										? t("plan.nothing", {
												area: area.name,
												day: format.day(plan.day),
											})
										: t("plan.timeLimit")}
								</PanelNotice>
							) : (
								<>
									<Found plan={plan} />
									{plan.periods.length > 1 && (
										<p className={styles.found} data-testid="plan-round-told">
											{t("plan.roundTold", {
												round: round + 1,
												of: plan.periods.length,
												from: format.day(plan.periods[round]?.from ?? plan.day),
												to: format.day(plan.periods[round]?.to ?? plan.day),
											})}
										</p>
									)}
									{search.part === "items" ? (
										<PlanItems
											plan={plan}
											values={values.data?.values ?? null}
											choice={choice}
											round={round}
										/>
									) : (
										<PlanLines
											plan={plan}
											item={item}
											names={names}
											pins={pins}
											values={
												values.data?.id === plan.id ? values.data.values : null
											}
											valuesComing={values.isFetching}
										/>
									)}
									{may && (
										<DraftOrders
											plan={plan}
											names={names}
											choice={choice}
											isOld={working}
										/>
									)}
								</>
							)}
						</>
					)}
				</Panel>
			</div>
		</div>
	);
}

/** Who is in no plan, and what they lack of the item that is looked at. */
function LeftOut({
	plan: { leftOut, items },
	item,
	areas,
}: {
	plan: Plan;
	item: string;
	areas: AreaIndex;
}) {
	const { t, format, language } = useLanguage();
	if (leftOut.length === 0) return null;
	const name = items.find((one) => one.item === item)?.name[language] ?? item;
	return (
		<p className={styles.leftOut} role="note" data-testid="plan-left-out">
			{t("plan.leftOut", {
				provinces: leftOut
					.map(({ area, facilities, needs }) => {
						const need = needs.find((one) => one.item === item);
						const silent = need?.notReported ?? 0;
						return t("plan.leftOutProvince", {
							province: areas.byId(area)?.name ?? String(area),
							facilities: format.number(facilities),
							item: name,
							units: [
								// What nobody told is not 0.
								need?.units == null
									? t("plan.items.none")
									: format.number(need.units),
								...(silent > 0
									? [t("plan.items.silent", { count: silent })]
									: []),
							].join(", "),
						});
					})
					.join("; "),
			})}
		</p>
	);
}

/** How the plan was found, and how far it is proved. */
function Found({ plan }: { plan: Plan }) {
	const { t, format } = useLanguage();
	const told = [
		t("plan.status.plan", {
			id: plan.id,
			seconds: format.number(Number(plan.seconds.toFixed(2))),
		}),
		...(plan.warm ? [t("plan.status.warm")] : []),
		...(plan.apart > 0 ? [t("plan.status.apart", { count: plan.apart })] : []),
		...(plan.limit !== null
			? [
					t("plan.status.gap", {
						gap:
							plan.gap === null
								? "?"
								: format.number(Number((100 * plan.gap).toFixed(2))),
						limit: format.number(plan.limit),
					}),
					t("plan.status.tripCount", { count: plan.trips }),
				]
			: []),
		...(plan.unsettled > 0
			? [t("plan.status.unsettled", { count: plan.unsettled })]
			: []),
		t("plan.status.transport", {
			cost: format.number(Math.round(plan.transport)),
		}),
	];
	return (
		<p className={styles.found} data-testid="plan-found" data-plan={plan.id}>
			{told.join(" · ")}
		</p>
	);
}
